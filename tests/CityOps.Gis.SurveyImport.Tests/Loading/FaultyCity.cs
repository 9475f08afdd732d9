using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Sampling;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>A sample city with planted faults, imported whole, and the answer list that came with it.</summary>
public sealed class FaultyCity : IAsyncLifetime
{
    static readonly SampleSize Size = new(60_000, 100, 50, 50, 1);

    readonly TempFolder _folder = new();

    public PostGisDatabase Database { get; } = new();
    public Batch? Batch { get; private set; }

    /// <summary>Lines of <c>defects.csv</c>.</summary>
    public IReadOnlyList<Planted> Answers { get; private set; } = [];

    /// <summary>Issues of the batch as layer, row, code and severity.</summary>
    public IReadOnlyList<Found> Issues { get; private set; } = [];
    public IReadOnlySet<(string Layer, long Row)> Refused { get; private set; } = new HashSet<(string, long)>();

    /// <param name="Codes">The planted code first, then those that follow from it.</param>
    public sealed record Planted(string Layer, long Row, string Field, IReadOnlyList<string> Codes, string Severity, string Note);

    public sealed record Found(string Layer, long Row, string Code, string Severity, string Field);

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        if (string.IsNullOrEmpty(Database.ConnectionString))
            return;
        SampleCity.Write(new(_folder.Path, SampleScale.Demo, Defects: true) { Size = Size }, PostGisDatabase.Catalog, null, CancellationToken.None);
        await Database.PublishSpine(_folder.Path);
        Batch = await Database.Publish(_folder.File("components.zip"));
        Answers = [.. File.ReadLines(_folder.File("defects.csv")).Skip(1).Select(ReadAnswer)];
        Issues = [.. (await Database.Rows($"select source_layer, row_number, code, severity, coalesce(field, '') from cityops.batch_issue where batch_id = {Batch.Id}"))
            .Select(line => line.Split('|')).Select(one => new Found(one[0], Number(one[1]), one[2], one[3], one[4]))];
        Refused = (await Database.Rows($"select source_layer, row_number from cityops.quarantine where batch_id = {Batch.Id}")).Select(line => line.Split('|')).Select(one => (one[0], Number(one[1]))).ToHashSet();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    static Planted ReadAnswer(string line)
    {
        var parts = line.Split(',', 6);
        var note = parts[5].Trim('"');
        var also = note.Split("; also ") is [_, var rest] ? rest.Split(", ") : [];
        return new(Path.GetFileNameWithoutExtension(parts[0]), Number(parts[1]), parts[2], [parts[3], .. also], parts[4], note);
    }

    static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
