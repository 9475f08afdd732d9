using System.Globalization;
using CityOps.Gis.Codes;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;

namespace CityOps.Gis.Grids;

/// <summary>
/// What the standards ask of delivered unit grids (GB/T 30428.1, CJ/T 213): closed and valid, no overlap, no gap inside a community, area
/// within ±10 %,
/// numbered within their community, inside it. Strips thinner than survey accuracy are not called faults.
/// </summary>
public sealed class GridChecks
{
    /// <summary>Overlaps and gaps smaller than these are rounding: square metres, and metres of mean width.</summary>
    const double MinArea = 0.5;
    const double MinOverlapWidth = 0.02;
    const double MinGapWidth = 0.1;
    const double AreaTolerance = 0.1;

    /// <summary>First serial after communities were merged (CJ/T 349-2010).</summary>
    const int FirstSerialAfterMerge = 601;

    readonly IReadOnlyList<DeliveredGrid> _grids;
    readonly IReadOnlyDictionary<string, Geometry?> _communities;
    readonly Geometry?[] _meters;
    readonly LocalMeters _local;
    readonly List<GridFault> _faults = [];

    GridChecks(IReadOnlyList<DeliveredGrid> grids, IReadOnlyDictionary<string, Geometry?> communities)
    {
        (_grids, _communities) = (grids, communities);
        _local = new(grids.Where(one => one.Geometry4490 is not null)
            .Aggregate(new Envelope(), (box, one) => box.ExpandedBy(one.Geometry4490!.EnvelopeInternal)));
        _meters = new Geometry?[grids.Count];
    }

    /// <param name="communities">Communities known, by 12-digit code, with their boundary in EPSG:4490 where it is known; empty = parents
    /// are not checked.</param>
    /// <returns>Faults in the order of the rows; gaps (row 0) first.</returns>
    public static IReadOnlyList<GridFault> UnitGrids(IReadOnlyList<DeliveredGrid> grids, IReadOnlyDictionary<string, Geometry?> communities)
    {
        var checks = new GridChecks(grids, communities);
        checks.CheckGeometries();
        checks.CheckNumbering();
        checks.CheckOverlaps();
        checks.CheckCommunities();
        return [.. checks._faults.OrderBy(fault => fault.Row)];
    }

    static string? Parent(DeliveredGrid grid) => string.IsNullOrEmpty(grid.ParentCode) ? GridCode.TryParse(grid.Code)?.Community : grid.ParentCode;

    void Add(long row, GridFaultCode code, string? value, string? expected) => _faults.Add(new(row, code, value, expected));

    static string Text(double squareMeters) => squareMeters.ToString("0.#", CultureInfo.InvariantCulture) + " m²";

    void CheckGeometries()
    {
        for (var i = 0; i < _grids.Count; i++)
            if (Invalidity(_grids[i].Geometry4490) is { } reason)
                Add(_grids[i].Row, GridFaultCode.GridNotClosedOrInvalid, reason, "closed, valid polygon");
            else
            {
                _meters[i] = _local.Of(_grids[i].Geometry4490!);
                CheckArea(_grids[i]);
            }
    }

    static string? Invalidity(Geometry? geometry)
    {
        if (geometry is null || geometry.IsEmpty)
            return "no geometry";
        if (geometry is not (Polygon or MultiPolygon))
            return geometry.GeometryType;
        return new IsValidOp(geometry).ValidationError is { } error
            ? string.Create(CultureInfo.InvariantCulture, $"{error.Message} at {error.Coordinate.X:F6}, {error.Coordinate.Y:F6}")
            : null;
    }

    void CheckArea(DeliveredGrid grid)
    {
        if (grid.DeclaredArea is not { } declared)
            return;
        var area = EllipsoidArea.SquareMeters(grid.Geometry4490!);
        if (!(Math.Abs(declared - area) <= AreaTolerance * area))
            Add(grid.Row, GridFaultCode.GridAreaOutOfRange, Text(declared), $"{Text(area)} ± 10 %");
    }

    void CheckNumbering()
    {
        var first = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var grid in _grids)
        {
            var code = GridCode.TryParse(grid.Code);
            if (code is null)
                Add(grid.Row, GridFaultCode.GridNumbering, grid.Code, "14 or 15 characters 0-9 A-Z");
            else if (!first.TryAdd(grid.Code!, grid.Row))
                Add(grid.Row, GridFaultCode.GridNumbering, grid.Code, $"unique; also in row {first[grid.Code!]}");
            else if (!string.IsNullOrEmpty(grid.ParentCode) && grid.ParentCode != code.Community)
                Add(grid.Row, GridFaultCode.GridNumbering, grid.Code, $"{grid.ParentCode} + serial");
            else if (code.SerialNumber == 0)
                Add(grid.Row, GridFaultCode.GridNumbering, grid.Code, $"serial from {new string('0', code.Serial.Length - 1)}1");
            if (Parent(grid) is { } parent && _communities.Count > 0 && !_communities.ContainsKey(parent))
                Add(grid.Row, GridFaultCode.ParentUnknown, parent, null);
        }
        CheckFirstSerials();
    }

    void CheckFirstSerials()
    {
        var numbered = from grid in _grids
                       let code = GridCode.TryParse(grid.Code)
                       where code?.SerialNumber is not null
                       group (grid, code) by code.Community;
        foreach (var community in numbered)
        {
            var (grid, code) = community.MinBy(one => one.code.SerialNumber);
            if (code.SerialNumber is not (0 or 1 or FirstSerialAfterMerge))
                Add(grid.Row, GridFaultCode.GridNumbering, grid.Code, $"{code.Community}{new string('0', code.Serial.Length - 1)}1");
        }
    }

    void CheckOverlaps()
    {
        var tree = new STRtree<int>();
        for (var i = 0; i < _meters.Length; i++)
            if (_meters[i] is { } grid)
                tree.Insert(grid.EnvelopeInternal, i);
        for (var i = 0; i < _meters.Length; i++)
            if (_meters[i] is { } grid)
                foreach (var other in tree.Query(grid.EnvelopeInternal))
                    if (other > i && _meters[other]!.EnvelopeInternal.Intersection(grid.EnvelopeInternal).Area > MinArea)
                        CheckOverlap(i, other);
    }

    void CheckOverlap(int one, int other)
    {
        var common = OverlayNGRobust.Overlay(_meters[one], _meters[other], SpatialFunction.Intersection);
        if (common.Area > MinArea && LocalMeters.Width(common) > MinOverlapWidth)
            Add(_grids[other].Row, GridFaultCode.GridOverlap, $"{_grids[one].Code}: {Text(common.Area)}", "0 m²");
    }

    void CheckCommunities()
    {
        foreach (var group in Enumerable.Range(0, _grids.Count).Where(i => _meters[i] is not null).GroupBy(i => Parent(_grids[i])))
        {
            if (group.Key is null)
                continue;
            var union = OverlayNGRobust.Union([.. group.Select(i => _meters[i]!)]);
            if (_communities.GetValueOrDefault(group.Key) is not { IsValid: true } boundary)
                CheckHoles(group.Key, union);
            else
            {
                var community = _local.Of(boundary);
                CheckGaps(group.Key, OverlayNGRobust.Overlay(community, union, SpatialFunction.Difference));
                CheckOutside(group, community);
            }
        }
    }

    void CheckHoles(string community, Geometry union)
    {
        for (var i = 0; i < union.NumGeometries; i++)
            foreach (var hole in ((Polygon)union.GetGeometryN(i)).Holes)
                CheckGaps(community, union.Factory.CreatePolygon((LinearRing)hole.Copy()));
    }

    void CheckGaps(string community, Geometry missing)
    {
        for (var i = 0; i < missing.NumGeometries; i++)
            if (missing.GetGeometryN(i) is Polygon gap && gap.Area > MinArea && LocalMeters.Width(gap) > MinGapWidth)
            {
                var place = _local.Degrees(gap.InteriorPoint.Coordinate);
                Add(0, GridFaultCode.GridGap,
                    string.Create(CultureInfo.InvariantCulture, $"{community}: {Text(gap.Area)} at {place.X:F6}, {place.Y:F6}"), "0 m²");
            }
    }

    void CheckOutside(IEnumerable<int> group, Geometry community)
    {
        var prepared = PreparedGeometryFactory.Prepare(community);
        foreach (var i in group.Where(i => !prepared.Covers(_meters[i])))
        {
            var beyond = OverlayNGRobust.Overlay(_meters[i], community, SpatialFunction.Difference);
            if (beyond.Area > MinArea && LocalMeters.Width(beyond) > MinGapWidth)
                Add(_grids[i].Row, GridFaultCode.GridOutsideCommunity, Text(beyond.Area), Parent(_grids[i]));
        }
    }
}
