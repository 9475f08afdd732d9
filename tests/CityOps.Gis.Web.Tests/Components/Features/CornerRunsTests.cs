using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Components.Features;
using NetTopologySuite.IO;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Features;

public sealed class CornerRunsTests
{
    const string Line = "LINESTRING (0 0, 1 0, 2 0)", Holed = "POLYGON ((0 0, 9 0, 9 9, 0 0), (5 2, 7 2, 7 4, 5 2))";

    [Theory]
    [InlineData(Line, CornerChangeKind.Moved, 0, 1, "LINESTRING (0 0, 3 8, 2 0)")]
    [InlineData(Line, CornerChangeKind.Added, 0, 3, "LINESTRING (0 0, 1 0, 2 0, 3 8)")]
    [InlineData(Line, CornerChangeKind.Removed, 0, 0, "LINESTRING (1 0, 2 0)")]
    [InlineData(Holed, CornerChangeKind.Moved, 0, 0, "POLYGON ((3 8, 9 0, 9 9, 3 8), (5 2, 7 2, 7 4, 5 2))")]
    [InlineData(Holed, CornerChangeKind.Added, 0, 3, "POLYGON ((0 0, 9 0, 9 9, 3 8, 0 0), (5 2, 7 2, 7 4, 5 2))")]
    [InlineData(Holed, CornerChangeKind.Added, 1, 0, "POLYGON ((0 0, 9 0, 9 9, 0 0), (3 8, 5 2, 7 2, 7 4, 3 8))")]
    [InlineData("MULTILINESTRING ((0 0, 1 0), (4 4, 5 5))", CornerChangeKind.Moved, 1, 1, "MULTILINESTRING ((0 0, 1 0), (4 4, 3 8))")]
    [InlineData("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((4 4, 5 4, 5 5, 4 4)))", CornerChangeKind.Moved, 1, 2, "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((4 4, 5 4, 3 8, 4 4)))")]
    [InlineData("LINESTRING Z (0 0 7, 1 0 8)", CornerChangeKind.Moved, 0, 1, "LINESTRING Z(0 0 7, 3 8 8)")]
    [InlineData(Line, CornerChangeKind.Moved, 0, 3, null)]
    [InlineData(Line, CornerChangeKind.Moved, 1, 0, null)]
    [InlineData(Line, CornerChangeKind.Removed, -1, 0, null)]
    [InlineData("LINESTRING (0 0, 1 0)", CornerChangeKind.Removed, 0, 0, null)]
    [InlineData(Holed, CornerChangeKind.Removed, 1, 0, null)]
    public void A_step_changes_one_corner_and_nothing_else(string before, CornerChangeKind kind, int run, int at, string? after)
        => Assert.Equal(after, CornerRuns.After(new WKTReader().Read(before), new(kind, run, at, new(3, 8)))?.AsText());

    [Theory]
    [InlineData(181, 0)]
    [InlineData(0, double.NaN)]
    public void A_corner_stays_on_earth(double longitude, double latitude)
        => Assert.Null(CornerRuns.After(new WKTReader().Read(Line), new(CornerChangeKind.Moved, 0, 0, new(longitude, latitude))));

    [Fact]
    public void A_ring_is_told_without_its_last_corner_which_is_its_first()
    {
        var runs = CornerRuns.Of(new WKTReader().Read(Holed))!.Runs;
        Assert.Equal([(3, true), (3, true)], runs.Select(run => (run.Places.Count, run.IsRing)));
        Assert.Null(CornerRuns.Of(new WKTReader().Read("POINT (1 2)")));
    }
}
