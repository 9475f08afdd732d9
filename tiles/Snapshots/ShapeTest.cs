namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Vertices, segments and rings against a box, in world units.</summary>
static class ShapeTest
{
    public static bool AnyVertexIn(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, WorldBox box)
    {
        for (var at = 0; at < x.Length; at++)
            if (box.Holds(x[at], y[at]))
                return true;
        return false;
    }

    /// <summary>For segments whose ends lie outside: does one pass through?</summary>
    public static bool AnySegmentCrosses(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, WorldBox box)
    {
        for (var at = 1; at < x.Length; at++)
            if (Crosses(x[at - 1], y[at - 1], x[at], y[at], box))
                return true;
        return false;
    }

    // The boxes meet and the box's corners do not all lie on one side of the line (separating axes).
    static bool Crosses(uint ax, uint ay, uint bx, uint by, WorldBox box)
    {
        if (Math.Max(ax, bx) < box.MinX || Math.Min(ax, bx) > box.MaxX || Math.Max(ay, by) < box.MinY || Math.Min(ay, by) > box.MaxY)
            return false;
        var (dx, dy) = ((double)bx - ax, (double)by - ay);
        double Side(uint x, uint y) => dx * ((double)y - ay) - dy * ((double)x - ax);
        var (one, two, three, four) = (Side(box.MinX, box.MinY), Side(box.MaxX, box.MinY), Side(box.MinX, box.MaxY), Side(box.MaxX, box.MaxY));
        return !(one > 0 && two > 0 && three > 0 && four > 0) && !(one < 0 && two < 0 && three < 0 && four < 0);
    }

    /// <summary>Even–odd rule; a ring's last vertex is its first.</summary>
    public static bool RingHolds(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, uint px, uint py)
    {
        var inside = false;
        for (var at = 1; at < x.Length; at++)
            if (y[at] > py != y[at - 1] > py
                && px < ((double)x[at - 1] - x[at]) * ((double)py - y[at]) / ((double)y[at - 1] - y[at]) + x[at])
                inside = !inside;
        return inside;
    }
}
