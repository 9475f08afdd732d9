using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Exports;

/// <summary>What was exported is imported again by the real importer, which finds nothing added, changed, moved or removed.</summary>
public sealed class RoundTripTests(FilledCity city) : IClassFixture<FilledCity>
{
    [Theory]
    [InlineData("components", "zip", "generation=cjt214-2007&encoding=gbk&crs=EPSG:4548")]
    [InlineData("components", "zip", "generation=gbt30428.2-2013&encoding=gbk&crs=EPSG:4527")]
    [InlineData("components", "zip", "generation=gbt47678.5-2026&encoding=utf-8&crs=EPSG:4490")]
    [InlineData("components", "zip", "generation=zh&encoding=gbk&crs=EPSG:4326")]
    [InlineData("components", "zip", "generation=own&encoding=utf-8&crs=EPSG:3857")]
    [InlineData("components", "gpkg", "")]
    [InlineData("components", "gpkg", "generation=gbt47678.5-2026&crs=EPSG:4548")]
    [InlineData("components", "csv", "")]
    [InlineData("components", "csv", "generation=gbt47678.5-2026&encoding=gbk")]
    [InlineData("components", "csv", "generation=zh&crs=EPSG:4548")]
    [InlineData("components", "xlsx", "")]
    [InlineData("components", "geojson", "")]
    [InlineData("components", "geojsonl", "crs=EPSG:4326")]
    [InlineData("components", "fgb", "")]
    [InlineData("cases", "csv", "")]
    [InlineData("cases", "csv", "generation=zh&crs=EPSG:4548")]
    [InlineData("cases", "gpkg", "")]
    [InlineData("cases", "zip", "crs=EPSG:4548")]
    [InlineData("cases", "xlsx", "")]
    [InlineData("cameras", "csv", "encoding=gbk")]
    [InlineData("unit_grids", "zip", "district=350203&generation=cjt214-2007&encoding=gbk&crs=EPSG:4548")]
    [InlineData("unit_grids", "gpkg", "district=350203")]
    [InlineData("management_grids", "csv", "district=350203")]
    [InlineData("management_grids", "geojson", "district=350203")]
    [InlineData("communities", "zip", "encoding=utf-8")]
    [InlineData("departments", "csv", "generation=zh")]
    [InlineData("roads", "geojsons", "")]
    public async Task An_export_can_be_imported_again_without_a_difference(string layer, string format, string parameters)
    {
        using var folder = new TempFolder();
        var file = folder.File($"{layer}.{format}");
        var rows = await city.Export(layer, format, parameters, file);
        var version = await city.Database.Value<long>($"select version from cityops.layer where id = '{layer}'");

        var result = await city.Import(file, new() { LayerId = layer, Scope = parameters.Contains("district=", StringComparison.Ordinal) ? CensusScope.Update : CensusScope.WholeLayer, Crs = format is "csv" or "xlsx" ? Crs(parameters) : null });

        Assert.True(result.Outcome == ImportOutcome.Unchanged, $"{result.Outcome} {result.Batch?.Counts} {string.Join(" ", result.Reasons.Select(one => one.En))} {string.Join(" ", result.Batch?.Counts.Issues ?? new Dictionary<string, long>())}");
        Assert.Equal((rows, rows, 0), (result.Batch!.Counts.Delivered, result.Batch.Counts.Unchanged, result.Batch.Counts.Refused));
        Assert.Equal(version, await city.Database.Value<long>($"select version from cityops.layer where id = '{layer}'"));
    }

    static string Crs(string parameters) => parameters.Split('&').FirstOrDefault(one => one.StartsWith("crs=", StringComparison.Ordinal))?[4..] ?? "EPSG:4490";
}
