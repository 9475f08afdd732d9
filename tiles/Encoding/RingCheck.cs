using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Whether the rings of a feature are valid at a glance: no two edges share a place but neighbours their corner, each hole lies in its
/// exterior,
/// no ring in a ring of its kind. Exact in whole numbers. False means a doubt (rings may touch in a place and be valid), not a fault. One
/// thread's.
/// </summary>
/// <remarks>
/// Edges lie in one array as places (first, second) with ring and rank, and their boxes beside it, an array for each side with room for a vector behind the last.
/// Of few edges each box is held against all before it, a vector at a time; many are sorted by their west end, and each is held against those that start before
/// its east end.
/// </remarks>
public sealed class RingCheck
{
    // Holding each against each is cheaper than sorting them.
    const int FewEdges = 128;

    Edge[] _edges = new Edge[FewEdges];
    int[] _wests = new int[FewEdges], _easts = new int[FewEdges], _norths = new int[FewEdges], _souths = new int[FewEdges];
    int _count;

    /// <param name="rings">Without places on a straight edge or at the tip of a spike (<see cref="Simplifier.Straighten(PartRun)"/>).</param>
    /// <param name="isExterior">Says for each part of the run whether a polygon begins with it.</param>
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
        if (_count + places + Vector256<int>.Count > _edges.Length)
            Grow(2 * (_count + places) + Vector256<int>.Count);
        var (x, y) = (xy[0], xy[1]);
        for (var i = 0; i < places; i++, _count++)
        {
            var next = i + 1 < places ? i + 1 : 0;
            var (nextX, nextY) = (xy[2 * next], xy[2 * next + 1]);
            (_wests[_count], _easts[_count]) = (Math.Min(x, nextX), Math.Max(x, nextX));
            (_norths[_count], _souths[_count]) = (Math.Min(y, nextY), Math.Max(y, nextY));
            _edges[_count] = new(x, y, nextX, nextY, ring, i, next);
            (x, y) = (nextX, nextY);
        }
    }

    void Grow(int edges)
    {
        Array.Resize(ref _edges, edges);
        Array.Resize(ref _wests, edges);
        Array.Resize(ref _easts, edges);
        Array.Resize(ref _norths, edges);
        Array.Resize(ref _souths, edges);
    }

    bool HaveFewNoContact()
    {
        for (var edge = 1; edge < _count; edge++)
        {
            var (west, east) = (Vector256.Create(_wests[edge]), Vector256.Create(_easts[edge]));
            var (north, south) = (Vector256.Create(_norths[edge]), Vector256.Create(_souths[edge]));
            for (var from = 0; from < edge; from += Vector256<int>.Count)
            {
                var meet = Vector256.LessThanOrEqual(Of(_wests, from), east) & Vector256.GreaterThanOrEqual(Of(_easts, from), west)
                    & Vector256.LessThanOrEqual(Of(_norths, from), south) & Vector256.GreaterThanOrEqual(Of(_souths, from), north);
                var before = edge - from < Vector256<int>.Count ? (1u << edge - from) - 1 : uint.MaxValue;
                for (var bits = meet.ExtractMostSignificantBits() & before; bits != 0; bits &= bits - 1)
                    if (Touch(_edges[edge], _edges[from + BitOperations.TrailingZeroCount(bits)]))
                        return false;
            }
        }
        return true;
    }

    static Vector256<int> Of(int[] sides, int from) => Vector256.Create(sides.AsSpan(from, Vector256<int>.Count));

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
        // Neighbours meet at their corner, and in no other place as they are not one line.
        if (a.Ring == b.Ring && (a.Next == b.Rank || b.Next == a.Rank))
            return false;
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
