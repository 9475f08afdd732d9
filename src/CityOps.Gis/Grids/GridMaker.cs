using CityOps.Gis.Codes;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Grids;

/// <summary>
/// Draws a unit grid for a place that has none: a square mesh in the local CGCS2000 3° plane, clipped to the communities. Slivers under a
/// fifth of a cell join the
/// neighbour of their community that shares the longest edge; grids are numbered from 001 in each community, row by row from the north-west
/// (GB/T 30428.1).
/// Neighbours share their vertices to the last bit, across communities too where the communities do.
/// </summary>
public static class GridMaker
{
    const int MaxSerial = 999;

    /// <param name="communities">12-digit code and boundary (EPSG:4490, longitude first) of each community.</param>
    /// <param name="sizeMeters">Side of a cell, 10 to 5000 m.</param>
    /// <exception cref="GridRefusedException">A code, a boundary or the size cannot be used, or a community would need more than 999
    /// grids.</exception>
    public static IReadOnlyList<MadeGrid> Make(IReadOnlyList<(string Code, Geometry Boundary4490)> communities, double sizeMeters)
    {
        Require(sizeMeters is >= 10 and <= 5000,
            $"网格边长 {sizeMeters} 米不在 10 至 5000 米之间，请调整。", $"A cell side of {sizeMeters} m is not between 10 and 5000 m; choose another.");
        foreach (var (code, boundary) in communities)
            Check(code, boundary, sizeMeters);
        if (communities.GroupBy(one => one.Code).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Refused($"社区代码 {twice.Key} 出现多次，请合并其边界。", $"Community code {twice.Key} occurs more than once; join its boundaries.");
        if (communities.Count == 0)
            return [];
        var extent = communities.Aggregate(new Envelope(), (box, one) => box.ExpandedBy(one.Boundary4490.EnvelopeInternal));
        var mesh = new GridMesh(CrsCatalog.LocalPlane(extent.Centre.X), sizeMeters);
        // All boundaries before any inside, so that crossings lie on boundaries.
        var traced = communities.Select(one => mesh.Trace(one.Boundary4490)).ToList();
        return [.. communities.Zip(traced).SelectMany(pair => Number(pair.First.Code, mesh, GridFaces.Of(pair.Second, mesh)))];
    }

    static IEnumerable<MadeGrid> Number(string community, GridMesh mesh, IReadOnlyList<GridFace> grids)
    {
        Require(grids.Count <= MaxSerial, $"社区 {community} 需要 {grids.Count} 个网格，超过 {MaxSerial} 个，请加大网格边长。",
            $"Community {community} would need {grids.Count} grids, more than {MaxSerial}; choose a larger cell.");
        return grids.OrderByDescending(one => one.Row).ThenBy(one => one.Column)
            .ThenBy(one => one.Plane.InteriorPoint.X).ThenByDescending(one => one.Plane.InteriorPoint.Y)
            .Select(one => mesh.ToDegrees(one.Plane))
            .Select((geometry, index) => new MadeGrid(GridCode.Make(community, index + 1), geometry, EllipsoidArea.SquareMeters(geometry)));
    }

    static void Check(string code, Geometry boundary, double size)
    {
        Require(code.Length == 12 && code.All(char.IsAsciiDigit), $"社区代码“{code}”须为 12 位数字。", $"Community code '{code}' must have 12 digits.");
        Require(boundary is Polygon or MultiPolygon && !boundary.IsEmpty && boundary.IsValid,
            $"社区 {code} 的边界不是有效的面，请修正。", $"The boundary of community {code} is not a valid polygon; mend it.");
        Require(boundary.EnvelopeInternal is { MinX: >= -180, MaxX: <= 180, MinY: >= -85, MaxY: <= 85 },
            $"社区 {code} 的边界不是经纬度，请先转换到 EPSG:4490。", $"The boundary of community {code} is not in degrees; bring it to EPSG:4490 first.");
        var cells = EllipsoidArea.SquareMeters(boundary) / (size * size);
        Require(cells <= MaxSerial * 1.5, $"社区 {code} 约需 {cells:F0} 个网格，超过 {MaxSerial} 个，请加大网格边长。",
            $"Community {code} would need about {cells:F0} grids, more than {MaxSerial}; choose a larger cell.");
    }

    static void Require(bool holds, string zh, string en)
    {
        if (!holds)
            throw Refused(zh, en);
    }

    static GridRefusedException Refused(string zh, string en) => new(new LocalText(zh, en));
}
