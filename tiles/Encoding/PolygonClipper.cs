namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Cuts rings to a box, Sutherland–Hodgman: one edge of the box after the other. A ring that leaves the box and comes back may run along an
/// edge twice;
/// <see cref="RingCheck"/> finds that and <see cref="PolygonRepair"/> mends it. One thread's.
/// </summary>
public sealed class PolygonClipper
{
    int[] _from = new int[512];
    int[] _to = new int[512];

    /// <summary>The ring within the box, without its first place repeated; empty when nothing is left. Good until the next call.</summary>
    public ReadOnlySpan<int> Clip(ReadOnlySpan<int> ring, ClipBox box)
    {
        // Each of four edges makes at most three places of two, which is five-fold and a bit in all.
        var most = 6 * ring.Length + 64;
        if (_from.Length < most)
            (_from, _to) = (new int[most], new int[most]);
        ring.CopyTo(_from);
        var length = ring.Length;
        length = Cut(length, 0, 1, box.MinX);
        length = Cut(length, 0, -1, box.MaxX);
        length = Cut(length, 1, 1, box.MinY);
        length = Cut(length, 1, -1, box.MaxY);
        return _from.AsSpan(0, length);
    }

    /// <summary>Keeps what lies on the inner side of one edge: axis 0 is x, 1 is y; sign 1 keeps what is greater.</summary>
    int Cut(int length, int axis, int sign, int edge)
    {
        var count = 0;
        for (int i = 0, before = length - 2; i < length; before = i, i += 2)
        {
            var isInside = sign * ((long)_from[i + axis] - edge) >= 0;
            var wasInside = sign * ((long)_from[before + axis] - edge) >= 0;
            if (isInside != wasInside)
                count = Add(count, axis == 0 ? (edge, Cross(before, i, axis, edge)) : (Cross(before, i, axis, edge), edge));
            if (isInside)
                count = Add(count, (_from[i], _from[i + 1]));
        }
        (_from, _to) = (_to, _from);
        return count;
    }

    int Cross(int a, int b, int axis, int edge)
    {
        // From the lower end to the higher, so that both directions round alike.
        if (_from[a + axis] > _from[b + axis])
            (a, b) = (b, a);
        var share = ((double)edge - _from[a + axis]) / ((double)_from[b + axis] - _from[a + axis]);
        return (int)Math.Round(_from[a + 1 - axis] + share * ((double)_from[b + 1 - axis] - _from[a + 1 - axis]));
    }

    int Add(int count, (int X, int Y) place)
    {
        if (count >= 2 && _to[count - 2] == place.X && _to[count - 1] == place.Y)
            return count;
        (_to[count], _to[count + 1]) = place;
        return count + 2;
    }
}
