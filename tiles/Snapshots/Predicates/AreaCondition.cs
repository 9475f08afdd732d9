using CityOps.Gis.Tiling;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>
/// What meets an area, or (turned round) what has a place and does not. As <c>ST_Intersects</c> in degrees, except within the world unit (9 mm) to which the snapshot knows
/// its places.
/// </summary>
sealed class AreaCondition : RowCondition
{
    readonly LayerSnapshot _snapshot;
    readonly AreaEdges _edges;
    readonly Coordinate[] _anchors;
    readonly WorldBox _box;
    readonly bool _isOutside;

    public AreaCondition(LayerSnapshot snapshot, Geometry area, bool isOutside = false)
    {
        (_snapshot, _edges, _isOutside) = (snapshot, new(area), isOutside);
        _anchors = [.. Enumerable.Range(0, area.NumGeometries).Select(part => area.GetGeometryN(part).Coordinate)];
        var box = area.EnvelopeInternal;
        _box = WorldBox.OfDegrees((box.MinX, box.MinY, box.MaxX, box.MaxY));
    }

    public override bool MayHold(BlockLevel level, int at) => _isOutside || _box.Meets(level.Box(at));

    public override bool Matches(int row) => row < _snapshot.Placed && Meets(row) != _isOutside;

    bool Meets(int row)
    {
        if (_snapshot.Shapes.Of(row) is >= 0 and var shape)
            return _box.Meets(_snapshot.Shapes.Box(shape)) && Meets(_snapshot.Shapes, shape);
        var (x, y) = (_snapshot.X[row], _snapshot.Y[row]);
        return _box.Holds(x, y) && _edges.Holds(Longitude(x), Latitude(y));
    }

    bool Meets(Shapes shapes, int shape)
    {
        var (start, end) = shapes.PartsOf(shape);
        for (var part = start; part < end; part++)
            if (Meets(shapes, part, shapes.VerticesOf(part)))
                return true;
        foreach (var anchor in _anchors)
            if (Surrounds(shapes, start, end, anchor))
                return true;
        return false;
    }

    bool Meets(Shapes shapes, int part, (int From, int To) vertices)
    {
        var (x, y, isRun) = (0.0, 0.0, shapes.Kind(part) != ShapePart.Points);
        for (var vertex = vertices.From; vertex < vertices.To; vertex++)
        {
            var (nextX, nextY) = (Longitude(shapes.X[vertex]), Latitude(shapes.Y[vertex]));
            if (_edges.Holds(nextX, nextY) || (isRun && vertex > vertices.From && _edges.Crosses(x, y, nextX, nextY)))
                return true;
            (x, y) = (nextX, nextY);
        }
        return false;
    }

    // The area lies within the shape: even–odd rule over the shape's rings.
    static bool Surrounds(Shapes shapes, int start, int end, Coordinate anchor)
    {
        var inside = false;
        for (var part = start; part < end; part++)
            if (shapes.Kind(part) >= ShapePart.Shell)
                inside ^= RingHolds(shapes, shapes.VerticesOf(part), anchor);
        return inside;
    }

    static bool RingHolds(Shapes shapes, (int From, int To) vertices, Coordinate place)
    {
        var (inside, x, y) = (false, Longitude(shapes.X[vertices.From]), Latitude(shapes.Y[vertices.From]));
        for (var vertex = vertices.From + 1; vertex < vertices.To; vertex++)
        {
            var (nextX, nextY) = (Longitude(shapes.X[vertex]), Latitude(shapes.Y[vertex]));
            if (y > place.Y != nextY > place.Y && place.X < (nextX - x) * (place.Y - y) / (nextY - y) + x)
                inside = !inside;
            (x, y) = (nextX, nextY);
        }
        return inside;
    }

    /// <summary>Degrees of the middle of a world unit.</summary>
    public static double Longitude(uint x) => WebMercator.Longitude((x + 0.5) / 4294967296.0);

    public static double Latitude(uint y) => WebMercator.Latitude((y + 0.5) / 4294967296.0);
}
