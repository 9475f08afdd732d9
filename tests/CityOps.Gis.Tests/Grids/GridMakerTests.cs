using CityOps.Gis.Crs;
using CityOps.Gis.Grids;
using CityOps.Gis.Testing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NetTopologySuite.Operation.OverlayNG;
using Xunit;

namespace CityOps.Gis.Tests.Grids;

public sealed class GridMakerTests
{
    const string Community = "350203001001";

    static Geometry Read(string wkt) => new WKTReader().Read(wkt);

    static readonly Geometry Slanted = Read("POLYGON((118.08 24.44, 118.092 24.4415, 118.0935 24.449, 118.0862 24.4531, 118.0795 24.4478, 118.08 24.44))");
    static readonly Geometry Beside = Read("POLYGON((118.092 24.4415, 118.099 24.4402, 118.1012 24.4467, 118.0935 24.449, 118.092 24.4415))");

    /// <summary>A star-shaped ring about a point: always simple.</summary>
    static Polygon Star(int seed, double lon, double lat, double radius)
    {
        var random = new Random(seed);
        var count = random.Next(3, 40);
        var points = Enumerable.Range(0, count).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * (i + random.NextDouble() * 0.8) / count);
            var reach = radius * (0.3 + 0.7 * random.NextDouble());
            return new Coordinate(lon + reach * cos, lat + reach * sin);
        }).ToList();
        points.Add(points[0].Copy());
        return new GeometryFactory().CreatePolygon([.. points]);
    }

    static void AssertTiles(Geometry community, IReadOnlyList<MadeGrid> grids)
    {
        Assert.All(grids, grid => Assert.True(grid.Geometry4490.IsValid, grid.Code.ToString()));
        Assert.False(CoverageValidator.HasInvalidResult(CoverageValidator.Validate([.. grids.Select(grid => grid.Geometry4490)])));
        Assert.InRange(OuterLength(grids) / community.Length, 1 - 1e-7, 1 + 1e-7);
        var union = OverlayNGRobust.Union([.. grids.Select(grid => grid.Geometry4490)]);
        Assert.InRange(union.Area / community.Area, 1 - 1e-9, 1 + 1e-9);
        Assert.InRange(grids.Sum(grid => grid.Geometry4490.Area) / community.Area, 1 - 1e-9, 1 + 1e-9);
        Assert.InRange(grids.Sum(grid => grid.AreaSqm) / EllipsoidArea.SquareMeters(community), 1 - 1e-8, 1 + 1e-8);
    }

    /// <summary>Length of the edges that only one grid has: the community's outline, if neighbours have their edges in common to the last bit.</summary>
    static double OuterLength(IReadOnlyList<MadeGrid> grids)
        => grids.SelectMany(grid => Enumerable.Range(0, grid.Geometry4490.NumGeometries).Select(i => (Polygon)grid.Geometry4490.GetGeometryN(i)))
            .SelectMany(polygon => polygon.Holes.Prepend(polygon.Shell)).Select(ring => ring.Coordinates)
            .SelectMany(points => points.Zip(points.Skip(1), (one, other) => one.CompareTo(other) < 0 ? (one, other) : (other, one)))
            .GroupBy(edge => edge).Where(group => group.Count() == 1).Sum(group => group.Key.Item1.Distance(group.Key.Item2));

    [Fact]
    public void Grids_tile_their_community_without_gap_or_overlap()
    {
        var grids = GridMaker.Make([(Community, Slanted)], 100);
        AssertTiles(Slanted, grids);
        Assert.All(grids, grid => Assert.InRange(grid.AreaSqm, 0.19 * 10_000, 2.5 * 10_000));
    }

    [Fact]
    public void Two_communities_share_their_vertices_to_the_last_bit()
    {
        var grids = GridMaker.Make([(Community, Slanted), ("350203001002", Beside)], 100);
        AssertTiles(OverlayNGRobust.Union([Slanted, Beside]), grids);
        Assert.All(grids, grid => Assert.True((grid.Code.Community == Community ? Slanted : Beside).Buffer(1e-9).Covers(grid.Geometry4490)));
    }

    [Fact]
    public void Serials_run_from_001_row_by_row_from_the_north_west()
    {
        var grids = GridMaker.Make([(Community, Slanted)], 100);
        Assert.Equal(Enumerable.Range(1, grids.Count).Select(i => $"{Community}{i:000}"), grids.Select(grid => grid.Code.ToString()));
        var plane = CoordinateTransform.From4490(CrsCatalog.Find(4548)!);
        var cells = grids.Where(grid => Math.Abs(grid.AreaSqm - 10_000) < 10).Select(grid => plane.Apply(grid.Geometry4490.Centroid.X, grid.Geometry4490.Centroid.Y))
            .Select(centre => (Row: -Math.Floor(centre.Lat / 100), Column: Math.Floor(centre.Lon / 100))).ToList();
        Assert.Equal(cells.OrderBy(cell => cell.Row).ThenBy(cell => cell.Column), cells);
    }

    [Fact]
    public void A_full_cell_has_the_size_asked_for()
    {
        var grids = GridMaker.Make([(Community, Slanted)], 100);
        var whole = grids.Select(grid => grid.AreaSqm).Where(area => Math.Abs(area - 10_000) < 10).ToList();
        Assert.True(whole.Count > grids.Count / 2, $"{whole.Count} of {grids.Count}");
    }

    [Fact]
    public void A_community_smaller_than_a_cell_is_one_grid()
        => AssertTiles(Slanted, [Assert.Single(GridMaker.Make([(Community, Slanted)], 5000))]);

    [Fact]
    public void Holes_and_islands_keep_their_shape()
    {
        var community = Read("MULTIPOLYGON(((118.08 24.44, 118.09 24.44, 118.09 24.45, 118.08 24.45, 118.08 24.44),(118.083 24.443, 118.083 24.447, 118.087 24.447, 118.087 24.443, 118.083 24.443)),((118.095 24.441, 118.0952 24.441, 118.0951 24.4412, 118.095 24.441)))");
        var grids = GridMaker.Make([(Community, community)], 100);
        var union = OverlayNGRobust.Union([.. grids.Select(grid => grid.Geometry4490)]);
        Assert.InRange(union.Area / community.Area, 1 - 1e-9, 1 + 1e-9);
        Assert.Single(grids, grid => grid.Geometry4490 is MultiPolygon);
    }

    [Fact]
    public void A_place_outside_china_can_be_gridded()
        => AssertTiles(Star(3, -122.67, 45.52, 0.01), GridMaker.Make([("999999999999", Star(3, -122.67, 45.52, 0.01))], 150));

    [Fact]
    public void More_than_999_grids_are_refused_with_a_sentence()
        => Assert.Contains("999", Assert.Throws<GridRefusedException>(() => GridMaker.Make([(Community, Slanted)], 20)).Reason.En);

    [Theory]
    [InlineData("35020300100", 100), InlineData(Community, 1), InlineData(Community, double.NaN)]
    public void A_bad_code_or_size_is_refused(string code, double size)
        => Assert.Throws<GridRefusedException>(() => GridMaker.Make([(code, Slanted)], size));

    [Property(MaxTest = 60)]
    public Property Any_simple_outline_is_tiled_exactly()
        => Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), Gen.Choose(40, 400).ToArbitrary(), (seed, size) =>
        {
            var community = Star(seed, 118.05 + seed % 7 * 0.05, 24.45 + seed % 5 * 0.1, 0.008);
            AssertTiles(community, GridMaker.Make([(Community, community)], size));
        });

    [Property(MaxTest = 60)]
    public Property Communities_along_a_winding_boundary_fit_together()
        => Prop.ForAll(Gen.Choose(1, 1_000_000).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var winding = Enumerable.Range(0, 12).Select(i => new Coordinate(118.1 + random.NextDouble() * 0.006, 24.46 - i * 0.001)).ToList();
            Polygon Side(double lon) => new GeometryFactory().CreatePolygon(
                [winding[0], .. winding.Skip(1), new(lon, winding[^1].Y), new(lon, winding[0].Y), winding[0]]);
            Geometry Reversed(Polygon polygon) => polygon.Reverse();
            var (west, east) = (Side(118.09), Reversed(Side(118.115)));
            AssertTiles(OverlayNGRobust.Union([west, east]), GridMaker.Make([(Community, west), ("350203001002", east)], 60 + seed % 90));
        });

    [Fact]
    public void Real_neighbourhoods_are_tiled()
    {
        using var stream = new System.IO.Compression.GZipStream(File.OpenRead(SharedData.Need("cases/la_neighborhood_councils.geojson.gz")), System.IO.Compression.CompressionMode.Decompress);
        using var json = System.Text.Json.JsonDocument.Parse(stream);
        var places = json.RootElement.GetProperty("features").EnumerateArray().Select(one => MultiPolygon(one.GetProperty("geometry").GetProperty("coordinates")))
            .Where(one => one.IsValid).Select((one, i) => ($"{i + 100_000_000_000}", one)).ToList();
        var grids = GridMaker.Make(places, 300).ToLookup(grid => grid.Code.Community);
        Assert.InRange(places.Count, 80, 99);
        Assert.All(places, place => AssertTiles(place.one, [.. grids[place.Item1]]));
    }

    static Geometry MultiPolygon(System.Text.Json.JsonElement coordinates)
    {
        var factory = new GeometryFactory();
        LinearRing Ring(System.Text.Json.JsonElement ring) => factory.CreateLinearRing([.. ring.EnumerateArray().Select(one => new Coordinate(one[0].GetDouble(), one[1].GetDouble()))]);
        return factory.CreateMultiPolygon([.. coordinates.EnumerateArray().Select(one => one.EnumerateArray().Select(Ring).ToArray()).Select(rings => factory.CreatePolygon(rings[0], rings[1..]))]);
    }

    [Fact]
    public void Area_agrees_with_the_plane_at_its_scale()
    {
        var plane = CoordinateTransform.From4490(CrsCatalog.Find(4548)!);
        var square = Read("POLYGON((117 24.5, 117.001 24.5, 117.001 24.501, 117 24.501, 117 24.5))");
        var corners = square.Coordinates.Select(one => plane.Apply(one.X, one.Y)).Select(one => new Coordinate(one.Lon, one.Lat)).ToArray();
        Assert.InRange(EllipsoidArea.SquareMeters(square) / new GeometryFactory().CreatePolygon(corners).Area, 1 - 1e-6, 1 + 1e-6);
    }
}
