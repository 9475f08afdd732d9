namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Leaves out places nearer than a tolerance, in tile units, to the line that remains (Douglas–Peucker). Works on whole geometries before
/// they are cut,
/// so that neighbouring tiles agree. One thread's.
/// </summary>
public sealed class Simplifier
{
    bool[] _keeps = new bool[256];
    (int First, int Last)[] _open = new (int, int)[64];

    /// <summary>Adds the simplified line as a part; nothing of a line without two different places.</summary>
    public void Line(ReadOnlySpan<int> xy, double tolerance, PartRun into)
    {
        var count = xy.Length / 2;
        if (count < 2)
            return;
        Forget(count);
        _keeps[0] = _keeps[count - 1] = true;
        if (tolerance > 0)
            Keep(xy, 0, count - 1, tolerance * tolerance);
        else
            _keeps.AsSpan(0, count).Fill(true);
        into.Begin();
        Take(xy, into);
        if (into.LastCount < 2)
            into.DropLast();
    }

    /// <summary>
    /// Adds the simplified ring as a part, not closed, without places on a straight edge and without spikes; nothing of a ring with fewer
    /// than three corners, a closed run of four places.
    /// </summary>
    public void Ring(ReadOnlySpan<int> xy, double tolerance, PartRun into)
    {
        while (xy.Length >= 4 && xy[0] == xy[^2] && xy[1] == xy[^1])
            xy = xy[..^2];
        var count = xy.Length / 2;
        if (count < 3)
            return;
        Forget(count);
        if (tolerance > 0 && count > 4)
            KeepRing(xy, tolerance * tolerance);
        else
            _keeps.AsSpan(0, count).Fill(true);
        into.Begin();
        Take(xy, into);
        Straighten(into);
    }

    /// <summary>
    /// Takes places off the last part that lie on a straight edge or at the tip of a spike, and the part when fewer than three are left.
    /// </summary>
    public static void Straighten(PartRun run)
    {
        var ring = run.Last;
        var places = ring.Length / 2;
        for (var before = int.MaxValue; places < before;)
            (before, places) = (places, Straighten(ring, places));
        if (places < 3)
            run.DropLast();
        else
            run.TrimLast(places);
    }

    static int Straighten(Span<int> ring, int places)
    {
        var kept = 0;
        for (var i = 0; i < places; i++)
        {
            var (x, y) = (ring[2 * i], ring[2 * i + 1]);
            while (kept >= 2 && IsFlat(ring[2 * kept - 4], ring[2 * kept - 3], ring[2 * kept - 2], ring[2 * kept - 1], x, y))
                kept--;
            if (kept == 1 && ring[0] == x && ring[1] == y)
                continue;
            (ring[2 * kept], ring[2 * kept + 1]) = (x, y);
            kept++;
        }
        while (kept >= 3 && IsFlat(ring[2 * kept - 4], ring[2 * kept - 3], ring[2 * kept - 2], ring[2 * kept - 1], ring[0], ring[1]))
            kept--;
        if (kept < 3 || !IsFlat(ring[2 * kept - 2], ring[2 * kept - 1], ring[0], ring[1], ring[2], ring[3]))
            return kept;
        ring[2..(2 * kept)].CopyTo(ring);
        return kept - 1;
    }

    static bool IsFlat(long ax, long ay, long bx, long by, long cx, long cy)
    {
        var (ux, uy, vx, vy) = (bx - ax, by - ay, cx - bx, cy - by);
        const long half = 1L << 30;
        return (ux + half | uy + half | vx + half | vy + half) >>> 31 == 0 ? ux * vy == uy * vx : (Int128)ux * vy == (Int128)uy * vx;
    }

    void Forget(int count)
    {
        if (_keeps.Length < count)
            _keeps = new bool[2 * count];
        _keeps.AsSpan(0, count).Clear();
    }

    // A ring has no ends: it is halved at its lowest place, the same wherever the ring starts, and the place farthest from that.
    void KeepRing(ReadOnlySpan<int> xy, double squared)
    {
        var count = xy.Length / 2;
        var (lowest, farthest, most) = (0, 0, -1.0);
        for (var i = 1; i < count; i++)
            if ((xy[2 * i], xy[2 * i + 1]).CompareTo((xy[2 * lowest], xy[2 * lowest + 1])) < 0)
                lowest = i;
        for (var i = 0; i < count; i++)
            if (Square((double)xy[2 * i] - xy[2 * lowest], (double)xy[2 * i + 1] - xy[2 * lowest + 1]) is var far && far > most)
                (farthest, most) = (i, far);
        _keeps[lowest] = _keeps[farthest] = true;
        Keep(xy, lowest, farthest > lowest ? farthest : farthest + count, squared);
        Keep(xy, farthest, lowest > farthest ? lowest : lowest + count, squared);
    }

    /// <summary>Marks what stays between two places that stay; numbers past the end go on at the ring's start.</summary>
    void Keep(ReadOnlySpan<int> xy, int first, int last, double squared)
    {
        var count = xy.Length / 2;
        var depth = 0;
        _open[depth++] = (first, last);
        while (depth > 0)
        {
            (first, last) = _open[--depth];
            var (farthest, most) = Farthest(xy, first, last, squared);
            if (most <= squared)
                continue;
            _keeps[farthest % count] = true;
            if (depth + 2 > _open.Length)
                Array.Resize(ref _open, 2 * _open.Length);
            _open[depth++] = (first, farthest);
            _open[depth++] = (farthest, last);
        }
    }

    // Squares of distances from the segment between two places.
    static (int Place, double Square) Farthest(ReadOnlySpan<int> xy, int first, int last, double most)
    {
        var count = xy.Length / 2;
        int from = first < count ? first : first - count, to = last < count ? last : last - count;
        double ax = xy[2 * from], ay = xy[2 * from + 1], dx = xy[2 * to] - ax, dy = xy[2 * to + 1] - ay;
        var length = Square(dx, dy);
        var inverse = length > 0 ? 1 / length : 0;
        var farthest = 0;
        for (var i = first + 1; i < last; i++)
        {
            var place = i < count ? i : i - count;
            double px = xy[2 * place] - ax, py = xy[2 * place + 1] - ay;
            var share = Math.Clamp((px * dx + py * dy) * inverse, 0, 1);
            if (Square(px - share * dx, py - share * dy) is var distance && distance > most)
                (farthest, most) = (i, distance);
        }
        return (farthest, most);
    }

    static double Square(double x, double y) => x * x + y * y;

    void Take(ReadOnlySpan<int> xy, PartRun into)
    {
        for (var i = 0; 2 * i + 1 < xy.Length; i++)
            if (_keeps[i] && (into.LastCount == 0 || into.Last[^2] != xy[2 * i] || into.Last[^1] != xy[2 * i + 1]))
                into.Add(xy[2 * i], xy[2 * i + 1]);
    }
}
