using CityOps.Gis.Grids;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>Unit grids for a place that has none, drawn as <c>cityops grid make</c> does and imported.</summary>
static class DrawnGrids
{
    public static async Task Publish(PostGisDatabase database, string community, double west, double south, double east, double north, double size)
    {
        _ = database.Source;
        using var folder = new TempFolder();
        var ring = FormattableString.Invariant($"[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]");
        File.WriteAllText(folder.File("boundary.geojson"), """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[RING]}}]}
            """.Replace("RING", ring, StringComparison.Ordinal));
        Boundaries.Write(GridMaker.Make(Boundaries.Read(folder.File("boundary.geojson"), community, "EPSG:4326", TestContext.Current.CancellationToken), size), folder.File("grids.geojson"));
        var batch = await database.Publish(folder.File("grids.geojson"), new() { LayerId = "unit_grids", Scope = CensusScope.Update, Crs = "EPSG:4490" });
        Assert.True(batch.Counts.Added > 100);
        Assert.Equal(0, batch.Counts.Refused);
    }
}
