namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>A pattern of <c>LIKE</c> against texts in UTF-8; <c>_</c> is one character, of however many bytes.</summary>
sealed class LikeTest
{
    const short Any = -1, Run = -2;

    // A byte that must be there, any character, or any run of them.
    readonly short[] _units;

    public LikeTest(string pattern)
    {
        var units = new List<short>();
        var bytes = System.Text.Encoding.UTF8.GetBytes(pattern);
        for (var at = 0; at < bytes.Length; at++)
            units.Add(bytes[at] switch { (byte)'%' => Run, (byte)'_' => Any, (byte)'\\' when at + 1 < bytes.Length => bytes[++at], var one => one });
        _units = [.. units];
    }

    // Where a run's guess fails, the last run takes one more character and the rest is tried again.
    public bool Matches(ReadOnlySpan<byte> text)
    {
        var (at, unit, runAt, runUnit) = (0, 0, -1, -1);
        while (at < text.Length)
            if (unit < _units.Length && _units[unit] == Run)
                (runAt, runUnit) = (at, ++unit);
            else if (unit < _units.Length && (_units[unit] == Any || _units[unit] == text[at]))
                at += _units[unit++] == Any ? LengthOf(text[at]) : 1;
            else if (runUnit >= 0)
                (at, unit) = (runAt += LengthOf(text[runAt]), runUnit);
            else
                return false;
        while (unit < _units.Length && _units[unit] == Run)
            unit++;
        return unit == _units.Length;
    }

    static int LengthOf(byte first) => first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}
