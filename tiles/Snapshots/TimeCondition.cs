using System.Numerics;
using System.Runtime.Intrinsics;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Half-open interval of times; rows without a time never match.</summary>
sealed class TimeCondition
{
    const long Million = 1_000_000;
    readonly TimeColumn _column;

    // Microseconds since 2000-01-01, as they stand in the column or, for seconds, rounded up: for whole seconds t, t ≥ a ⇔ t ≥ ⌈a⌉ and t < b ⇔ t < ⌈b⌉.
    readonly long _from, _to, _fromMicros, _toMicros;
    readonly bool _fitSeconds;

    public TimeCondition(TimeColumn column, DateTimeOffset? from, DateTimeOffset? to)
    {
        _column = column;
        (_fromMicros, _toMicros) = (from is { } first ? Micros(first) : long.MinValue + 1, to is { } last ? Micros(last) : long.MaxValue);
        HasEnd = to is not null;
        (_from, _to) = column.Seconds.Length > 0 ? (Up(_fromMicros), Up(_toMicros)) : (_fromMicros, _toMicros);
        // The mark of a row without a time is below every bound.
        _from = Math.Max(_from, column.Seconds.Length > 0 ? TimeColumn.NoSecond + 1L : TimeColumn.NoMicrosecond + 1);
        _fitSeconds = _from is > int.MinValue and <= int.MaxValue && (!HasEnd || _to is >= int.MinValue and <= int.MaxValue);
    }

    bool HasEnd { get; }

    public bool MayHold(BlockLevel level, int at) => level.Times(at) is var (first, last) && first <= last && last >= _fromMicros && (!HasEnd || first < _toMicros);

    public bool Matches(int row)
        => !_column.IsEmpty && (_column.Seconds.Length > 0 ? _column.Seconds[row] : _column.Microseconds[row]) is var time && time >= _from && (!HasEnd || time < _to);

    public int Keep(Span<int> rows)
    {
        if (_column.IsEmpty)
            return 0;
        var kept = 0;
        var seconds = _column.Seconds.Span;
        var micros = _column.Microseconds.Span;
        for (var at = 0; at < rows.Length; at++)
        {
            var row = rows[at];
            var time = seconds.Length > 0 ? seconds[row] : micros[row];
            rows[kept] = row;
            kept += time >= _from & (!HasEnd | time < _to) ? 1 : 0;
        }
        return kept;
    }

    /// <summary>Clears the bits of rows whose time lies outside; bit i of the mask is row <paramref name="start"/> + i.</summary>
    public void Mask(int start, Span<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++)
            if (mask[word] != 0)
                mask[word] = _column.Seconds.Length >= start + word * 64 + 64 && BitOperations.PopCount(mask[word]) > 16 && _fitSeconds
                    ? mask[word] & Within(_column.Seconds.Span.Slice(start + word * 64, 64))
                    : OneByOne(mask[word], start + word * 64);
    }

    ulong OneByOne(ulong rows, int start)
    {
        var kept = 0ul;
        for (var left = rows; left != 0; left &= left - 1)
            if (Matches(start + BitOperations.TrailingZeroCount(left)))
                kept |= left & ~(left - 1);
        return kept;
    }

    // Eight seconds at a time.
    ulong Within(ReadOnlySpan<int> seconds)
    {
        var (from, to) = (Vector256.Create((int)_from), Vector256.Create(HasEnd ? (int)_to : 0));
        var within = 0ul;
        for (var at = 0; at < 64; at += 8)
        {
            var time = Vector256.Create(seconds.Slice(at, 8));
            var inside = Vector256.GreaterThanOrEqual(time, from);
            if (HasEnd)
                inside &= Vector256.LessThan(time, to);
            within |= (ulong)inside.ExtractMostSignificantBits() << at;
        }
        return within;
    }

    static long Up(long micros) => micros / Million + (micros % Million > 0 ? 1 : 0);

    // As Npgsql sends them: hundreds of nanoseconds cut off, the ends of the calendar for ever.
    static long Micros(DateTimeOffset time) => time.UtcDateTime switch
    {
        var utc when utc == DateTime.MaxValue => long.MaxValue,
        var utc when utc == DateTime.MinValue => long.MinValue + 1,
        var utc => (utc - new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)).Ticks / TimeSpan.TicksPerMicrosecond,
    };
}
