namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>
/// Makes polygons of a shapefile's loose rings. Clockwise rings are shells, the others holes of the smallest shell around them; a hole in no shell becomes a shell,
/// and if no ring is clockwise, nesting alone decides. Rings are closed and filled up to four points, so that a degenerate one is still readable and can be reported.
/// </summary>
sealed class RingGrouper
{
    struct Ring
    {
        public int Start, End, Shell;
        public double Area, MinX, MinY, MaxX, MaxY;
    }

    Ring[] _rings = new Ring[16];

    /// <param name="points">x, y pairs.</param>
    /// <param name="starts">First point of each ring, and the number of points at the end.</param>
    public void Write(double[] points, ReadOnlySpan<int> starts, WkbBuffer wkb)
    {
        var count = Measure(points, starts);
        var shells = AssignShells(points, count);
        if (shells > 1)
            wkb.Head(Wkb.MultiPolygon, shells);
        for (var shell = 0; shell < count; shell++)
            if (_rings[shell].Shell == shell)
                WritePolygon(points, shell, count, wkb);
    }

    int Measure(double[] points, ReadOnlySpan<int> starts)
    {
        if (_rings.Length < starts.Length)
            _rings = new Ring[2 * starts.Length];
        var count = 0;
        for (var i = 0; i + 1 < starts.Length; i++)
            if (starts[i + 1] > starts[i])
                _rings[count++] = Measure(points, starts[i], starts[i + 1]);
        return count;
    }

    static Ring Measure(double[] points, int start, int end)
    {
        var ring = new Ring { Start = start, End = end, MinX = double.MaxValue, MinY = double.MaxValue, MaxX = double.MinValue, MaxY = double.MinValue };
        var (originX, originY) = (points[2 * start], points[2 * start + 1]);
        var (previousX, previousY) = (points[2 * end - 2] - originX, points[2 * end - 1] - originY);
        for (var i = start; i < end; i++)
        {
            var (x, y) = (points[2 * i], points[2 * i + 1]);
            (ring.MinX, ring.MinY, ring.MaxX, ring.MaxY) = (Math.Min(ring.MinX, x), Math.Min(ring.MinY, y), Math.Max(ring.MaxX, x), Math.Max(ring.MaxY, y));
            ring.Area += previousX * (y - originY) - (x - originX) * previousY;
            (previousX, previousY) = (x - originX, y - originY);
        }
        return ring;
    }

    int AssignShells(double[] points, int count)
    {
        var clockwise = 0;
        for (var i = 0; i < count; i++)
            clockwise += _rings[i].Area < 0 ? 1 : 0;
        var shells = 0;
        for (var i = 0; i < count; i++)
        {
            _rings[i].Shell = count == 1 ? i : clockwise == 0 ? ByNesting(points, i, count) : _rings[i].Area < 0 ? i : Smallest(points, i, count, clockwiseOnly: true);
            shells += _rings[i].Shell == i ? 1 : 0;
        }
        return shells;
    }

    // Rings within an even number of others are shells.
    int ByNesting(double[] points, int ring, int count)
    {
        var depth = 0;
        for (var other = 0; other < count; other++)
            depth += other != ring && Contains(points, other, ring) ? 1 : 0;
        return depth % 2 == 0 ? ring : Smallest(points, ring, count, clockwiseOnly: false);
    }

    int Smallest(double[] points, int ring, int count, bool clockwiseOnly)
    {
        var found = ring;
        for (var other = 0; other < count; other++)
            if (other != ring && (!clockwiseOnly || _rings[other].Area < 0) && (found == ring || Math.Abs(_rings[other].Area) < Math.Abs(_rings[found].Area))
                && Contains(points, other, ring))
                found = other;
        return found;
    }

    bool Contains(double[] points, int outer, int inner)
    {
        ref var o = ref _rings[outer];
        ref var i = ref _rings[inner];
        if (i.MinX < o.MinX || i.MinY < o.MinY || i.MaxX > o.MaxX || i.MaxY > o.MaxY || Math.Abs(i.Area) > Math.Abs(o.Area))
            return false;
        // The first vertex that does not lie on the outer ring tells; a ring that touches everywhere is within.
        for (var k = i.Start; k < i.End; k++)
            if (Side(points, o, points[2 * k], points[2 * k + 1]) is var side && side != 0)
                return side > 0;
        return true;
    }

    // 1 inside, -1 outside, 0 on the ring.
    static int Side(double[] points, in Ring ring, double x, double y)
    {
        var isInside = false;
        for (int i = ring.Start, j = ring.End - 1; i < ring.End; j = i++)
        {
            var (ax, ay, bx, by) = (points[2 * i], points[2 * i + 1], points[2 * j], points[2 * j + 1]);
            var cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
            if (cross == 0 && x >= Math.Min(ax, bx) && x <= Math.Max(ax, bx) && y >= Math.Min(ay, by) && y <= Math.Max(ay, by))
                return 0;
            if (ay > y != by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax)
                isInside = !isInside;
        }
        return isInside ? 1 : -1;
    }

    void WritePolygon(double[] points, int shell, int count, WkbBuffer wkb)
    {
        var rings = 0;
        for (var i = 0; i < count; i++)
            rings += _rings[i].Shell == shell ? 1 : 0;
        wkb.Head(Wkb.Polygon, rings);
        WriteRing(points, _rings[shell], wkb);
        for (var i = 0; i < count; i++)
            if (i != shell && _rings[i].Shell == shell)
                WriteRing(points, _rings[i], wkb);
    }

    static void WriteRing(double[] points, in Ring ring, WkbBuffer wkb)
    {
        var xy = points.AsSpan(2 * ring.Start, 2 * (ring.End - ring.Start));
        var isClosed = xy[0] == xy[^2] && xy[1] == xy[^1];
        var size = Math.Max(4, xy.Length / 2 + (isClosed ? 0 : 1));
        wkb.Number(size);
        wkb.Points(xy);
        for (var i = xy.Length / 2; i < size; i++)
            wkb.Points(xy[..2]);
    }
}
