using System.Globalization;
using CityOps.Gis.Heat;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Heat;

/// <summary>Cells against geodesics worked out by PostGIS (GeographicLib) on the ellipsoid.</summary>
public sealed class HeatGridTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    const double World = 4294967296.0;

    [Theory]
    [InlineData(HeatCellKind.Square, 25)]
    [InlineData(HeatCellKind.Square, 100)]
    [InlineData(HeatCellKind.Square, 10_000)]
    [InlineData(HeatCellKind.Hexagon, 250)]
    [InlineData(HeatCellKind.Hexagon, 3000)]
    public async Task A_cell_is_as_high_as_asked_and_as_wide_within_the_bound_for_its_distance_from_the_parallel(HeatCellKind kind, double size)
    {
        const double parallel = 24.5;
        var grid = new HeatGrid(kind, size, parallel);
        var height = kind == HeatCellKind.Square ? size : size * 2 / Math.Sqrt(3);
        // A world unit is 9 mm here, and a corner lies within one of its place.
        const double unit = 0.02;
        foreach (var latitude in new[] { 24.4, 24.5, 24.9, 25.0 })
        {
            var cell = grid.CellOf((uint)(WebMercator.U(118.1) * World), (uint)(WebMercator.V(latitude) * World));
            var (west, east, north, south) = Box(grid, cell);
            var middle = (north + south) / 2;
            var (wide, high) = (await Geodesic(west, middle, east, middle), await Geodesic(west, south, west, north));
            Assert.InRange(high, height - unit, height + unit);
            var bound = Math.Tan(parallel * Math.PI / 180) * (Math.Abs(middle - parallel) + 0.05) * Math.PI / 180 * 1.02;
            Assert.InRange(wide, size * (1 - bound) - unit, size * (1 + bound) + unit);
            Assert.InRange(grid.SquareMeters(cell.Row) / (size * (kind == HeatCellKind.Square ? size : size * Math.Sqrt(3) / 2)), 1 - bound - 0.002, 1 + bound + 0.002);
        }
    }

    [Fact]
    public void The_meridian_arc_is_the_quadrant_of_the_ellipsoid_and_its_inverse_leads_back()
    {
        // 10,001,965.729 m: quadrant of WGS 84 (Moritz 2000, Geodetic Reference System 1980 differs by 0.1 mm).
        Assert.Equal(10_001_965.729, MeridianArc.Meters(90), 0.001);
        for (var latitude = -85.0; latitude < 86; latitude += 0.37)
            Assert.Equal(latitude, MeridianArc.Latitude(MeridianArc.Meters(latitude)), 1e-9);
    }

    [Theory]
    [InlineData(HeatCellKind.Square)]
    [InlineData(HeatCellKind.Hexagon)]
    public void Every_unit_lies_within_the_corners_of_its_cell_and_in_no_other(HeatCellKind kind)
    {
        var random = new Random(7);
        for (var number = 0; number < 20_000; number++)
        {
            var grid = new HeatGrid(kind, 25 + random.NextDouble() * 2000, random.Next(-60, 60));
            var (x, y) = ((uint)random.NextInt64(1L << 32), (uint)((0.1 + 0.8 * random.NextDouble()) * World));
            var cell = grid.CellOf(x, y);
            Assert.True(Holds(grid.Corners(cell), x + 0.5, y + 0.5, 1), $"{kind} {grid.Size} at {grid.Parallel}: {x} {y} is not in {cell}");
            var (longitude, latitude) = grid.Centre(cell);
            Assert.Equal(cell, grid.CellOf((uint)(WebMercator.U(longitude) * World), (uint)(WebMercator.V(latitude) * World)));
        }
    }

    [Fact]
    public void Neighbouring_cells_share_their_corners()
    {
        var grid = new HeatGrid(HeatCellKind.Hexagon, 200, 24.5);
        foreach (var cell in new HeatCell[] { new(9000, 15700), new(9001, 15701) })
        {
            var (own, east, northEast) = (grid.Corners(cell), grid.Corners(new(cell.Column + 1, cell.Row)), grid.Corners(new(cell.Column + (cell.Row & 1), cell.Row + 1)));
            Assert.Equal((own[1], own[2]), (east[5], east[4]));
            Assert.Equal((own[0], own[1]), (northEast[4], northEast[3]));
        }
    }

    async Task<double> Geodesic(double west, double south, double east, double north) => await database.Value<double>(string.Create(CultureInfo.InvariantCulture,
        $"select ST_Length(ST_SetSRID(ST_MakeLine(ST_MakePoint({west:R}, {south:R}), ST_MakePoint({east:R}, {north:R})), 4326)::geography, true)"));

    static (double West, double East, double North, double South) Box(HeatGrid grid, HeatCell cell)
    {
        var corners = grid.Corners(cell);
        return (WebMercator.Longitude(corners.Min(one => one.X) / World), WebMercator.Longitude(corners.Max(one => one.X) / World),
            WebMercator.Latitude(corners.Min(one => one.Y) / World), WebMercator.Latitude(corners.Max(one => one.Y) / World));
    }

    // Convex and clockwise on the map; within so many units.
    static bool Holds((long X, long Y)[] corners, double x, double y, double slack) => Enumerable.Range(0, corners.Length).All(at =>
    {
        var (a, b) = (corners[at], corners[(at + 1) % corners.Length]);
        double dx = b.X - a.X, dy = b.Y - a.Y;
        return dx * (y - a.Y) - dy * (x - a.X) >= -slack * (Math.Abs(dx) + Math.Abs(dy));
    });
}
