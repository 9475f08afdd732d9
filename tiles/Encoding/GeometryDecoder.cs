namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// Reads one feature's commands (MVT 2.1, 4.3). The cursor wraps at 32 bits. Layers of version 1 did not know the order of rings
/// and the ban on repeated places, so those are asked of version 2 alone.
/// </summary>
sealed class GeometryDecoder(uint[] commands, string where, bool isVersion2)
{
    const uint MoveTo = 1, LineTo = 2, ClosePath = 7;

    int _at, _x, _y;

    public IReadOnlyList<int[]> Read(MvtGeometryType type)
    {
        var parts = new List<int[]>();
        if (type == MvtGeometryType.Point)
            parts.Add(ReadPoints());
        else if (type != MvtGeometryType.Unknown)
            while (_at < commands.Length)
                parts.Add(type == MvtGeometryType.Line ? ReadLine() : ReadRing(parts.Count == 0));
        return parts;
    }

    int[] ReadPoints()
    {
        var points = new List<int>();
        Steps(points, Command(MoveTo), false);
        return _at == commands.Length
            ? [.. points]
            : throw MvtReader.Fault(MvtFault.Command, where, "是点，却有不止一个命令", "is of points and has more than the one MoveTo command");
    }

    int[] ReadLine()
    {
        var line = new List<int>();
        Steps(line, One(MoveTo), false);
        var count = Command(LineTo);
        if (count < 1)
            throw MvtReader.Fault(MvtFault.LineLength, where, "有一条线只有一个点", "has a line of one place");
        Steps(line, count, isVersion2);
        return [.. line];
    }

    int[] ReadRing(bool isFirst)
    {
        var ring = new List<int>();
        Steps(ring, One(MoveTo), false);
        var count = Command(LineTo);
        if (count < 2)
            throw MvtReader.Fault(MvtFault.RingLength, where, $"有一个环只有 {count + 1} 个点",
                $"has a ring of {count + 1} places, where three are the least");
        Steps(ring, count, isVersion2);
        if (Command(ClosePath) is not 1 and var closes)
            throw MvtReader.Fault(MvtFault.RingClose, where, $"的 ClosePath 次数是 {closes}，应为 1",
                $"has a ClosePath with the count {closes} instead of 1");
        int[] closed = [.. ring];
        if (isVersion2 && isFirst && MvtFeature.DoubleArea(closed) < 0)
            throw MvtReader.Fault(MvtFault.RingOrder, where, "的第一个环是内环", "begins with a hole: its first ring has negative area");
        return closed;
    }

    uint One(uint command)
        => Command(command) is 1 ? 1u
            : throw MvtReader.Fault(MvtFault.CommandCount, where, "的 MoveTo 次数应为 1",
                "has a line or ring whose MoveTo does not have the count 1");

    uint Command(uint wanted)
    {
        if (_at >= commands.Length)
            throw MvtReader.Fault(MvtFault.Command, where, $"缺少命令 {wanted}", $"ends where the command {wanted} must come");
        var (command, count) = (commands[_at] & 7, commands[_at] >> 3);
        if (command != wanted)
            throw MvtReader.Fault(MvtFault.Command, where, $"的命令是 {command}，应为 {wanted}",
                $"has the command {command} where {wanted} must come");
        _at++;
        if (count == 0 && wanted == MoveTo)
            throw MvtReader.Fault(MvtFault.CommandCount, where, "的 MoveTo 次数是 0", "has a MoveTo with the count 0");
        return count;
    }

    void Steps(List<int> xy, uint count, bool mustMove)
    {
        if (2L * count > commands.Length - _at)
            throw MvtReader.Fault(MvtFault.CommandParameters, where, $"的一个命令声明 {count} 个点，实际参数不足",
                $"has a command for {count} places and only {commands.Length - _at} numbers behind it");
        for (var i = 0; i < count; i++, _at += 2)
        {
            if (mustMove && commands[_at] == 0 && commands[_at + 1] == 0)
                throw MvtReader.Fault(MvtFault.RepeatedPlace, where, "连续两次到同一点", "goes to the same place twice in a row");
            _x = unchecked(_x + FromZigZag(commands[_at]));
            _y = unchecked(_y + FromZigZag(commands[_at + 1]));
            xy.Add(_x);
            xy.Add(_y);
        }
    }

    static int FromZigZag(uint value) => (int)(value >> 1) ^ -(int)(value & 1);
}
