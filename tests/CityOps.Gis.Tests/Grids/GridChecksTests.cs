using CityOps.Gis.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Xunit;

namespace CityOps.Gis.Tests.Grids;

public sealed class GridChecksTests
{
    const string Community = "350203001001";
    static readonly Geometry Boundary = new WKTReader().Read("POLYGON((118.08 24.44, 118.092 24.4415, 118.0935 24.449, 118.0862 24.4531, 118.0795 24.4478, 118.08 24.44))");
    static readonly Dictionary<string, Geometry?> Communities = new() { [Community] = Boundary };
    static readonly List<DeliveredGrid> Sound = [.. GridMaker.Make([(Community, Boundary)], 100)
        .Select((grid, i) => new DeliveredGrid(i + 1, grid.Code.ToString(), grid.Geometry4490, Math.Round(grid.AreaSqm, 1), Community))];

    static IReadOnlyList<GridFault> Check(Func<DeliveredGrid, DeliveredGrid?> spoil)
        => GridChecks.UnitGrids([.. Sound.Select(spoil).OfType<DeliveredGrid>()], Communities);

    static DeliveredGrid Spoil(DeliveredGrid grid, long row, Func<DeliveredGrid, DeliveredGrid> how) => grid.Row == row ? how(grid) : grid;

    static Geometry Moved(Geometry geometry, double east) => NetTopologySuite.Geometries.Utilities.AffineTransformation.TranslationInstance(east, 0).Transform(geometry);

    [Fact]
    public void Grids_that_were_made_here_are_sound() => Assert.Empty(Check(grid => grid));

    [Fact]
    public void A_missing_grid_is_a_gap()
    {
        var fault = Assert.Single(Check(grid => grid.Row == 40 ? null : grid));
        Assert.Equal((0L, GridFaultCode.GridGap), (fault.Row, fault.Code));
    }

    [Fact]
    public void A_gap_is_found_without_the_communitys_boundary()
    {
        var faults = GridChecks.UnitGrids([.. Sound.Where(grid => grid.Row != 60)], new Dictionary<string, Geometry?> { [Community] = null });
        Assert.Equal(GridFaultCode.GridGap, Assert.Single(faults).Code);
    }

    [Fact]
    public void A_grid_moved_by_a_metre_overlaps_and_leaves_a_gap()
    {
        var faults = Check(grid => Spoil(grid, 60, one => one with { Geometry4490 = Moved(one.Geometry4490!, 1e-5) }));
        Assert.Contains(faults, fault => fault.Code == GridFaultCode.GridOverlap && fault.Row >= 60);
        Assert.Contains(faults, fault => fault.Code == GridFaultCode.GridGap);
        Assert.DoesNotContain(faults, fault => fault.Code is not (GridFaultCode.GridOverlap or GridFaultCode.GridGap));
    }

    [Fact]
    public void A_grid_moved_by_a_millimetre_is_within_survey_accuracy()
        => Assert.Empty(Check(grid => Spoil(grid, 60, one => one with { Geometry4490 = Moved(one.Geometry4490!, 1e-8) })));

    [Fact]
    public void A_bow_tie_is_invalid()
        => Assert.Contains(Check(grid => Spoil(grid, 3, one => one with { Geometry4490 = new WKTReader().Read("POLYGON((118.08 24.44,118.09 24.45,118.09 24.44,118.08 24.45,118.08 24.44))") })),
            fault => fault is { Row: 3, Code: GridFaultCode.GridNotClosedOrInvalid });

    [Theory]
    [InlineData(1.11, true), InlineData(0.89, true), InlineData(1.09, false), InlineData(0.91, false)]
    public void A_declared_area_may_differ_by_a_tenth(double factor, bool isFault)
        => Assert.Equal(isFault, Check(grid => Spoil(grid, 5, one => one with { DeclaredArea = one.DeclaredArea * factor })).Any(fault => fault is { Row: 5, Code: GridFaultCode.GridAreaOutOfRange }));

    [Theory]
    [InlineData("35020300100100"), InlineData("350203001001001"), InlineData("350203001002007"), InlineData("350203001001000"), InlineData("x")]
    public void Numbers_are_unique_and_begin_with_their_community(string code)
        => Assert.Equal((7, GridFaultCode.GridNumbering), Check(grid => Spoil(grid, 7, one => one with { Code = code })).Where(fault => fault.Row == 7).Select(fault => (fault.Row, fault.Code)).First());

    [Fact]
    public void Numbers_begin_with_001()
        => Assert.Equal((2, GridFaultCode.GridNumbering), Check(grid => Spoil(grid, 1, one => one with { Code = Community + "998" })).Select(fault => (fault.Row, fault.Code)).Single());

    [Fact]
    public void A_grid_beyond_its_community_is_found()
    {
        var faults = GridChecks.UnitGrids(Sound, new Dictionary<string, Geometry?> { [Community] = Boundary.Buffer(-0.0005) });
        Assert.Contains(faults, fault => fault.Code == GridFaultCode.GridOutsideCommunity);
    }

    [Fact]
    public void An_unknown_community_is_named()
        => Assert.All(GridChecks.UnitGrids(Sound, new Dictionary<string, Geometry?> { ["350203001009"] = null }),
            fault => Assert.Equal((GridFaultCode.ParentUnknown, Community), (fault.Code, fault.Value)));

    static IReadOnlyList<GridFault> CheckManagement(string code, params string[] members)
        => ManagementGridChecks.Check([new(1, code, members)], Sound.ToDictionary(grid => grid.Code!, grid => grid.Geometry4490), new HashSet<string> { Community });

    [Fact]
    public void Adjoining_unit_grids_make_a_management_grid()
    {
        var first = Sound[60].Geometry4490!;
        var beside = Sound.Where(grid => grid.Row != 61 && grid.Geometry4490!.Intersection(first).Length > 0.0005).Take(3).Select(grid => grid.Code!);
        Assert.Empty(CheckManagement(Community + "001", [Sound[60].Code!, .. beside]));
    }

    [Fact]
    public void Unit_grids_that_meet_at_a_corner_do_not_adjoin()
    {
        var first = Sound[60].Geometry4490!;
        var corner = Sound.First(grid => grid.Row != 61 && grid.Geometry4490!.Intersection(first) is Point).Code!;
        Assert.Equal(GridFaultCode.ManagementGridNotAdjoining, Assert.Single(CheckManagement(Community + "001", Sound[60].Code!, corner)).Code);
    }

    [Fact]
    public void None_or_six_unit_grids_are_the_wrong_size()
    {
        Assert.Equal(GridFaultCode.ManagementGridSize, Assert.Single(CheckManagement(Community + "001")).Code);
        Assert.Contains(CheckManagement(Community + "001", [.. Sound.Take(6).Select(grid => grid.Code!)]), fault => fault.Code == GridFaultCode.ManagementGridSize);
    }

    [Fact]
    public void An_unknown_unit_grid_or_community_is_named()
    {
        Assert.Contains(CheckManagement(Community + "001", Community + "999"), fault => fault is { Code: GridFaultCode.ParentUnknown, Value: Community + "999" });
        Assert.Contains(CheckManagement("350203001777001", Sound[0].Code!), fault => fault is { Code: GridFaultCode.ParentUnknown, Value: "350203001777" });
    }

    [Fact]
    public void Twenty_thousand_made_grids_pass_every_check()
    {
        var factory = new GeometryFactory();
        var communities = Enumerable.Range(0, 400).Select(i =>
        {
            var (west, south) = (117.9 + i % 20 * 0.0075, 24.4 + i / 20 * 0.0065);
            Coordinate[] ring = [new(west, south), new(west + 0.0075, south), new(west + 0.0075, south + 0.0065), new(west, south + 0.0065), new(west, south)];
            return ($"350203{i / 20 + 1:000}{i % 20 + 1:000}", (Geometry)factory.CreatePolygon(ring));
        }).ToList();
        var made = GridMaker.Make(communities, 100);
        var faults = GridChecks.UnitGrids(
            [.. made.Select((grid, i) => new DeliveredGrid(i + 1, grid.Code.ToString(), grid.Geometry4490, grid.AreaSqm, grid.Code.Community))],
            communities.ToDictionary(one => one.Item1, one => (Geometry?)one.Item2));

        Assert.Empty(faults);
        Assert.InRange(made.Count, 19_000, 40_000);
    }
}
