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

    [Theory]
    [InlineData("=HYPERLINK(\"http://elsewhere\",\"路灯\")")]
    [InlineData("+86 592 2000001")]
    [InlineData("-1+1|cmd")]
    [InlineData("@SUM(A1)")]
    [InlineData("'=1")]
    public async Task What_Excel_would_run_is_marked_in_a_CSV_and_comes_back_as_it_was(string text)
    {
        using var folder = new TempFolder();
        var (fid, kept) = (await city.Database.Value<long>("select min(fid) from gis.cameras"), await city.Database.Value<string?>("select name from gis.cameras order by fid limit 1"));
        await city.Database.Run($"update gis.cameras set name = $text${text}$text$ where fid = {fid}");
        try
        {
            await city.Export("cameras", "csv", "", folder.File("cameras.csv"));
            var line = (await File.ReadAllTextAsync(folder.File("cameras.csv"), TestContext.Current.CancellationToken)).Replace("\"\"", "\"", StringComparison.Ordinal);
            Assert.Contains("'" + text, line, StringComparison.Ordinal);
            var result = await city.Import(folder.File("cameras.csv"), new() { LayerId = "cameras", Scope = CensusScope.WholeLayer, Crs = "EPSG:4490" });
            Assert.True(result.Outcome == ImportOutcome.Unchanged, $"{result.Outcome} {result.Batch?.Counts}");

            await city.Export("cameras", "csv", "formulas=plain", folder.File("plain.csv"));
            Assert.DoesNotContain("'" + text, (await File.ReadAllTextAsync(folder.File("plain.csv"), TestContext.Current.CancellationToken)).Replace("\"\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        finally
        {
            await city.Database.Run($"update gis.cameras set name = {(kept is null ? "null" : $"$text${kept}$text$")} where fid = {fid}");
        }
    }

    static string Crs(string parameters) => parameters.Split('&').FirstOrDefault(one => one.StartsWith("crs=", StringComparison.Ordinal))?[4..] ?? "EPSG:4490";
}
