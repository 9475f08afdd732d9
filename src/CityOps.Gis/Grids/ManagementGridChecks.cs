using System.Globalization;
using CityOps.Gis.Codes;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace CityOps.Gis.Grids;

/// <summary>
/// What is asked of delivered management grids: 1–5 unit grids of one community that adjoin along edges, numbered within the community.
/// </summary>
public static class ManagementGridChecks
{
    const int MaxUnitGrids = 5;

    /// <summary>Unit grids adjoin when they come this near along this length (metres).</summary>
    const double AdjoiningGap = 0.1;
    const double AdjoiningLength = 1;

    /// <param name="unitGrids">Unit grids known, by code, with their geometry in EPSG:4490.</param>
    /// <param name="communities">Codes of the communities known; empty = parents are not checked.</param>
    public static IReadOnlyList<GridFault> Check(
        IReadOnlyList<DeliveredManagementGrid> grids, IReadOnlyDictionary<string, Geometry?> unitGrids, IReadOnlySet<string> communities)
    {
        var seen = new Dictionary<string, long>();
        return [.. grids.SelectMany(grid => Numbering(grid, seen, communities).Concat(Members(grid, unitGrids)))];
    }

    static IEnumerable<GridFault> Numbering(DeliveredManagementGrid grid, Dictionary<string, long> seen, IReadOnlySet<string> communities)
    {
        var code = GridCode.TryParse(grid.Code);
        if (code is null || grid.Code!.Length != 15)
            yield return new(grid.Row, GridFaultCode.GridNumbering, grid.Code, "15 characters: community + 3");
        else if (!seen.TryAdd(grid.Code, grid.Row))
            yield return new(grid.Row, GridFaultCode.GridNumbering, grid.Code, $"unique; also in row {seen[grid.Code]}");
        else if (!string.IsNullOrEmpty(grid.ParentCode) && grid.ParentCode != code.Community)
            yield return new(grid.Row, GridFaultCode.GridNumbering, grid.Code, $"{grid.ParentCode} + serial");
        if ((string.IsNullOrEmpty(grid.ParentCode) ? code?.Community : grid.ParentCode) is { } parent
            && communities.Count > 0 && !communities.Contains(parent))
            yield return new(grid.Row, GridFaultCode.ParentUnknown, parent, null);
    }

    static IEnumerable<GridFault> Members(DeliveredManagementGrid grid, IReadOnlyDictionary<string, Geometry?> unitGrids)
    {
        var codes = grid.GridCodes.Distinct().ToList();
        if (codes.Count is < 1 or > MaxUnitGrids)
            yield return new(grid.Row, GridFaultCode.ManagementGridSize, codes.Count.ToString(CultureInfo.InvariantCulture), $"1–{MaxUnitGrids}");
        foreach (var unknown in codes.Where(code => !unitGrids.ContainsKey(code)))
            yield return new(grid.Row, GridFaultCode.ParentUnknown, unknown, null);
        var community = GridCode.TryParse(grid.Code)?.Community;
        if (codes.FirstOrDefault(code => community is not null && GridCode.TryParse(code)?.Community != community) is { } foreign)
            yield return new(grid.Row, GridFaultCode.ManagementGridNotAdjoining, foreign, community);
        else if (codes.Count <= 20 && Detached(codes, unitGrids) is { } detached)
            yield return new(grid.Row, GridFaultCode.ManagementGridNotAdjoining, detached, codes[0]);
    }

    /// <summary>A unit grid that cannot be reached from the first over common edges; null when all can.</summary>
    static string? Detached(List<string> codes, IReadOnlyDictionary<string, Geometry?> unitGrids)
    {
        var open = codes.Where(code => unitGrids.GetValueOrDefault(code) is { IsValid: true, IsEmpty: false })
            .ToDictionary(code => code, code => unitGrids[code]!);
        if (open.Count < 2)
            return null;
        var local = new LocalMeters(open.Values.First().EnvelopeInternal);
        var shapes = open.ToDictionary(one => one.Key, one => local.Of(one.Value));
        var reached = new Queue<string>([open.Keys.First()]);
        var waiting = open.Keys.Skip(1).ToList();
        while (reached.TryDequeue(out var from))
            foreach (var next in waiting.Where(code => Adjoin(shapes[from], shapes[code])).ToList())
            {
                waiting.Remove(next);
                reached.Enqueue(next);
            }
        return waiting.FirstOrDefault();
    }

    static bool Adjoin(Geometry one, Geometry other)
        => one.IsWithinDistance(other, AdjoiningGap)
            && OverlayNGRobust.Overlay(one.Buffer(AdjoiningGap), other.Boundary, SpatialFunction.Intersection).Length > 2 * AdjoiningGap + AdjoiningLength;
}
