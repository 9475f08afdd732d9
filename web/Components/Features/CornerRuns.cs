using CityOps.Gis.Leaflet;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>
/// Lines and polygons as runs of corners, which people change one by one: lines and rings in the order in which the geometry holds them, a polygon's outline before its
/// holes. A height or a measure of a corner stays with it; a new corner takes those of the one before it.
/// </summary>
public static class CornerRuns
{
    const int LeastOfLine = 2, LeastOfRing = 3;

    /// <summary>The corners of a geometry; null for points, and for what has none.</summary>
    public static MapCorners? Of(Geometry? geometry)
        => geometry is { IsEmpty: false, Dimension: not Dimension.Point } && LinesOf(geometry) is { Count: > 0 } lines
            ? new([.. lines.Select(line => new MapCornerRun([.. Corners(line).Select(corner => new[] { corner.X, corner.Y })], line is LinearRing))])
            : null;

    /// <summary>The geometry after a step; null where there is no such corner, no room on earth, or too few corners would be left.</summary>
    public static Geometry? After(Geometry geometry, CornerChange change)
    {
        var lines = LinesOf(geometry);
        if (change.Run < 0 || change.Run >= lines.Count || Math.Abs(change.Place.Longitude) is not <= 180 || Math.Abs(change.Place.Latitude) is not <= 90)
            return null;
        var line = lines[change.Run];
        return After([.. Corners(line).Select(corner => corner.Copy())], change, line is LinearRing ? LeastOfRing : LeastOfLine) is not { } corners ? null
            : new GeometryEditor(geometry.Factory).Edit(geometry, new Exchange(line, line is LinearRing ? [.. corners, corners[0].Copy()] : [.. corners]));
    }

    static List<Coordinate>? After(List<Coordinate> corners, CornerChange change, int least)
    {
        if (change.At < 0 || change.At > corners.Count || (change.At == corners.Count && change.Kind != CornerChangeKind.Added) || (change.Kind == CornerChangeKind.Removed && corners.Count <= least))
            return null;
        switch (change.Kind)
        {
            case CornerChangeKind.Removed:
                corners.RemoveAt(change.At);
                return corners;
            case CornerChangeKind.Added:
                corners.Insert(change.At, corners[Math.Max(0, change.At - 1)].Copy());
                break;
        }
        (corners[change.At].X, corners[change.At].Y) = (change.Place.Longitude, change.Place.Latitude);
        return corners;
    }

    static List<LineString> LinesOf(Geometry geometry) => [.. LinearComponentExtracter.GetLines(geometry).OfType<LineString>()];

    // The first corner of a ring stands again at its end.
    static IEnumerable<Coordinate> Corners(LineString line) => line is LinearRing ? line.Coordinates.SkipLast(1) : line.Coordinates;

    sealed class Exchange(LineString line, Coordinate[] corners) : GeometryEditor.IGeometryEditorOperation
    {
        public Geometry Edit(Geometry geometry, GeometryFactory factory)
            => !ReferenceEquals(geometry, line) ? geometry : geometry is LinearRing ? factory.CreateLinearRing(corners) : factory.CreateLineString(corners);
    }
}
