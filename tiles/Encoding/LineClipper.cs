namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Cuts a polyline to a box (Liang–Barsky on each segment); where it leaves and comes back, two lines. Places cut are rounded to the grid.
/// </summary>
public static class LineClipper
{
    /// <summary>
    /// Adds what lies in the box to <paramref name="into"/>; a line that only touches a corner or edge in one place is not kept.
    /// </summary>
    public static void Clip(ReadOnlySpan<int> xy, ClipBox box, PartRun into)
    {
        var isOpen = false;
        for (var i = 0; i + 3 < xy.Length; i += 2)
        {
            var (enter, leave) = Within(xy.Slice(i, 4), box);
            if (enter > leave)
            {
                isOpen = Close(isOpen, into);
                continue;
            }
            if (!isOpen)
            {
                into.Begin();
                Add(xy.Slice(i, 4), enter, into);
            }
            Add(xy.Slice(i, 4), leave, into);
            isOpen = leave == 1 || Close(true, into);
        }
        Close(isOpen, into);
    }

    static bool Close(bool isOpen, PartRun into)
    {
        if (isOpen && into.LastCount < 2)
            into.DropLast();
        return false;
    }

    /// <summary>The share of the segment where it enters the box and where it leaves; enter after leave when it misses.</summary>
    static (double Enter, double Leave) Within(ReadOnlySpan<int> segment, ClipBox box)
    {
        var (enter, leave) = (0.0, 1.0);
        double x = segment[0], y = segment[1], dx = segment[2] - x, dy = segment[3] - y;
        Cut(-dx, x - box.MinX, ref enter, ref leave);
        Cut(dx, box.MaxX - x, ref enter, ref leave);
        Cut(-dy, y - box.MinY, ref enter, ref leave);
        Cut(dy, box.MaxY - y, ref enter, ref leave);
        return (enter, leave);
    }

    static void Cut(double step, double room, ref double enter, ref double leave)
    {
        if (step < 0)
            enter = Math.Max(enter, room / step);
        else if (step > 0)
            leave = Math.Min(leave, room / step);
        else if (room < 0)
            enter = 2;
    }

    static void Add(ReadOnlySpan<int> segment, double share, PartRun into)
    {
        var x = (int)Math.Round(segment[0] + share * ((double)segment[2] - segment[0]));
        var y = (int)Math.Round(segment[1] + share * ((double)segment[3] - segment[1]));
        var last = into.Last;
        if (last.Length == 0 || last[^2] != x || last[^1] != y)
            into.Add(x, y);
    }
}
