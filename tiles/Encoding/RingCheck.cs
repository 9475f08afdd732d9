using System.Runtime.CompilerServices;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Whether the rings of a feature are valid at a glance: no two edges share a place but neighbours their corner, each hole lies in its
/// exterior,
/// no ring in a ring of its kind. Exact in whole numbers. False means a doubt (rings may touch in a place and be valid), not a fault. One
/// thread's.
/// </summary>
/// <remarks>
/// Edges lie in one array as places (first, second) with ring and rank; unless they are few they are sorted by their west end, and each is held against those
/// that start before its east end.
/// </remarks>
public sealed class RingCheck
{
    // Holding each against each is cheaper than sorting them.
    const int FewEdges = 20;

    Edge[] _edges = new Edge[128];
    int[] _wests = new int[128];
    int _count;

    /// <summary><paramref name="isExterior"/> says for each part of the run whether a polygon begins with it.</summary>
    public bool IsCertain(PartRun rings, ReadOnlySpan<bool> isExterior)
    {
        _count = 0;
        for (var ring = 0; ring < rings.Count; ring++)
            AddEdges(rings[ring], ring);
        if (_count <= FewEdges)
            return HaveFewNoContact() && AreNested(rings, isExterior);
        _wests.AsSpan(0, _count).Sort(_edges.AsSpan(0, _count));
        return HaveNoContact() && AreNested(rings, isExterior);
    }

    void AddEdges(ReadOnlySpan<int> xy, int ring)
    {
        var places = xy.Length / 2;
        if (_count + places > _edges.Length)
        {
            Array.Resize(ref _edges, 2 * (_count + places));
            Array.Resize(ref _wests, _edges.Length);
        }
        for (var i = 0; i < places; i++)
        {
            var next = i + 1 < places ? i + 1 : 0;
            _wests[_count] = Math.Min(xy[2 * i], xy[2 * next]);
            _edges[_count++] = new(xy[2 * i], xy[2 * i + 1], xy[2 * next], xy[2 * next + 1], ring, i, next);
        }
    }

    bool HaveFewNoContact()
    {
        for (var i = 1; i < _count; i++)
            for (var j = 0; j < i; j++)
                if (Meet(_edges[i], _edges[j]) && Touch(_edges[i], _edges[j]))
                    return false;
        return true;
    }

    static bool Meet(in Edge a, in Edge b)
        => Math.Max(a.X1, a.X2) >= Math.Min(b.X1, b.X2) && Math.Max(b.X1, b.X2) >= Math.Min(a.X1, a.X2)
            && Math.Max(a.Y1, a.Y2) >= Math.Min(b.Y1, b.Y2) && Math.Max(b.Y1, b.Y2) >= Math.Min(a.Y1, a.Y2);

    bool HaveNoContact()
    {
        for (var i = 0; i < _count; i++)
        {
            ref readonly var edge = ref _edges[i];
            var east = Math.Max(edge.X1, edge.X2);
            var (north, south) = (Math.Min(edge.Y1, edge.Y2), Math.Max(edge.Y1, edge.Y2));
            for (var j = i + 1; j < _count && _wests[j] <= east; j++)
            {
                ref readonly var other = ref _edges[j];
                if (Math.Min(other.Y1, other.Y2) <= south && Math.Max(other.Y1, other.Y2) >= north && Touch(edge, other))
                    return false;
            }
        }
        return true;
    }

    static bool Touch(in Edge a, in Edge b)
    {
        // Neighbours meet at their corner, and in no other place when they are not one line.
        if (a.Ring == b.Ring && (a.Next == b.Rank || b.Next == a.Rank))
            return Turn(a.X1, a.Y1, a.X2, a.Y2, b.X1, b.Y1) == 0 && Turn(a.X1, a.Y1, a.X2, a.Y2, b.X2, b.Y2) == 0;
        return Turn(a.X1, a.Y1, a.X2, a.Y2, b.X1, b.Y1) * Turn(a.X1, a.Y1, a.X2, a.Y2, b.X2, b.Y2) <= 0
            && Turn(b.X1, b.Y1, b.X2, b.Y2, a.X1, a.Y1) * Turn(b.X1, b.Y1, b.X2, b.Y2, a.X2, a.Y2) <= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Turn(int ax, int ay, int bx, int by, int x, int y)
        => Math.Sign(((long)bx - ax) * ((long)y - ay) - ((long)by - ay) * ((long)x - ax));

    static bool AreNested(PartRun rings, ReadOnlySpan<bool> isExterior)
    {
        for (int ring = 0, exterior = 0; ring < rings.Count; ring++)
        {
            exterior = isExterior[ring] ? ring : exterior;
            for (var other = 0; other < rings.Count; other++)
                if (other != ring && IsInside(rings[ring], rings[other]) != (!isExterior[ring] && other == exterior))
                    return false;
        }
        return true;
    }

    static bool IsInside(ReadOnlySpan<int> ring, ReadOnlySpan<int> other)
    {
        var (x, y, isInside) = (ring[0], ring[1], false);
        for (int i = 0, before = other.Length - 2; i < other.Length; before = i, i += 2)
            if (other[i + 1] > y != other[before + 1] > y)
            {
                var turn = Turn(other[before], other[before + 1], other[i], other[i + 1], x, y);
                isInside ^= other[i + 1] > other[before + 1] ? turn > 0 : turn < 0;
            }
        return isInside;
    }

    readonly record struct Edge(int X1, int Y1, int X2, int Y2, int Ring, int Rank, int Next);
}
