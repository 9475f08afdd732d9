using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sampling;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Exports;

/// <summary>A database with a small sample city in it: 1,200 components of all kinds of geometry, cases, cameras and the spine, taken in by the real importer.</summary>
public sealed class FilledCity : IAsyncLifetime
{
    static readonly SampleSize Size = new(1_200, 150, 120, 40, 1);

    public PostGisDatabase Database { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        if (Database.ConnectionString == "")
            return;
        using var folder = new TempFolder();
        SampleCity.Write(new(folder.Path, SampleScale.Demo, Defects: false) { Size = Size }, PostGisDatabase.Catalog, null, TestContext.Current.CancellationToken);
        foreach (var (file, layer) in SampleCity.Files)
            Assert.Equal(ImportOutcome.Published, (await Import(Path.Combine(folder.Path, file), new() { LayerId = layer })).Outcome);
    }

    public async Task<ImportResult> Import(string path, DeliverySettings settings)
        => await new Importer(Database.Source, PostGisDatabase.Catalog).Import(path, settings with { Today = new(2026, 11, 1) }, accept: true, cancel: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
