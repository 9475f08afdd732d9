using System.Runtime.CompilerServices;

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsFlat(long ax, long ay, long bx, long by, long cx, long cy)
    {
        var (ux, uy, vx, vy) = (bx - ax, by - ay, cx - bx, cy - by);
        const long half = 1L << 30;
        return (ux + half | uy + half | vx + half | vy + half) >>> 31 == 0 ? ux * vy == uy * vx : IsFlatWide(ux, uy, vx, vy);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static bool IsFlatWide(long ux, long uy, long vx, long vy) => (Int128)ux * vy == (Int128)uy * vx;

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
        var lowest = 0;
        for (var i = 1; i < count; i++)
            if (xy[2 * i] < xy[2 * lowest] || (xy[2 * i] == xy[2 * lowest] && xy[2 * i + 1] < xy[2 * lowest + 1]))
                lowest = i;
        var (farthest, most) = (0, -1.0);
        double x = xy[2 * lowest], y = xy[2 * lowest + 1];
        for (var i = 0; i < count; i++)
            if (Square(xy[2 * i] - x, xy[2 * i + 1] - y) is var far && far > most)
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
        while (true)
        {
            if (last - first > 1 && Farthest(xy, first, last, squared) is >= 0 and var farthest)
            {
                _keeps[farthest < count ? farthest : farthest - count] = true;
                if (depth == _open.Length)
                    Array.Resize(ref _open, 2 * depth);
                _open[depth++] = (farthest, last);
                last = farthest;
            }
            else if (depth > 0)
                (first, last) = _open[--depth];
            else
                return;
        }
    }

    /// <summary>The place farthest from the segment between two places; -1 when none is farther than the tolerance.</summary>
    static int Farthest(ReadOnlySpan<int> xy, int first, int last, double squared)
    {
        var count = xy.Length / 2;
        int from = first < count ? first : first - count, to = last < count ? last : last - count;
        var segment = new Segment(xy[2 * from], xy[2 * from + 1], xy[2 * to], xy[2 * to + 1]);
        var (farthest, most) = (-1, squared * segment.Scale);
        // Up to the ring's end, and on from its start.
        for (var i = first + 1; i < Math.Min(last, count); i++)
            if (segment.ScaledSquare(xy[2 * i], xy[2 * i + 1]) is var distance && distance > most)
                (farthest, most) = (i, distance);
        for (var i = Math.Max(first + 1, count); i < last; i++)
            if (segment.ScaledSquare(xy[2 * (i - count)], xy[2 * (i - count) + 1]) is var distance && distance > most)
                (farthest, most) = (i, distance);
        return farthest;
    }

    static double Square(double x, double y) => x * x + y * y;

    void Take(ReadOnlySpan<int> xy, PartRun into)
    {
        var kept = 0;
        var room = into.Room(xy.Length);
        for (var i = 0; 2 * i + 1 < xy.Length; i++)
        {
            if (!_keeps[i] || (kept > 0 && room[kept - 2] == xy[2 * i] && room[kept - 1] == xy[2 * i + 1]))
                continue;
            (room[kept], room[kept + 1]) = (xy[2 * i], xy[2 * i + 1]);
            kept += 2;
        }
        into.Take(kept);
    }

    /// <summary>Tells squares of distances from a segment, times the square of its length: so nothing is divided, and all is exact up to 2⁵³.</summary>
    readonly struct Segment
    {
        readonly double _x, _y, _dx, _dy, _length;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Segment(double x, double y, double toX, double toY)
        {
            (_x, _y, _dx, _dy) = (x, y, toX - x, toY - y);
            _length = Square(_dx, _dy);
            Scale = _length > 0 ? _length : 1;
        }

        /// <summary>What squares are multiplied by.</summary>
        public double Scale { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public double ScaledSquare(double x, double y)
        {
            var (px, py) = (x - _x, y - _y);
            var along = px * _dx + py * _dy;
            var across = px * _dy - py * _dx;
            return along <= 0 ? Square(px, py) * Scale : along >= _length ? Square(px - _dx, py - _dy) * Scale : across * across;
        }
    }
}
