namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A growing column of times, microseconds since 2000-01-01; takes memory from the first time on.</summary>
sealed class TimeRows
{
    Rows<long>? _micros;
    int _count;
    bool _whole = true;

    public long Bytes => _micros?.Bytes ?? 0;

    public void Add(long micros)
    {
        _micros ??= Nothing();
        // PostgreSQL's "-infinity" is the number that marks a row without a time here.
        micros = Math.Max(micros, TimeColumn.NoMicrosecond + 1);
        _whole &= micros % 1_000_000 == 0 && micros / 1_000_000 is > int.MinValue and <= int.MaxValue;
        _micros.Add(micros);
        _count++;
    }

    public void AddNull()
    {
        _micros?.Add(TimeColumn.NoMicrosecond);
        _count++;
    }

    Rows<long> Nothing()
    {
        var micros = new Rows<long>();
        for (var row = 0; row < _count; row++)
            micros.Add(TimeColumn.NoMicrosecond);
        return micros;
    }

    /// <inheritdoc cref="Rows{T}.Join"/>
    public void Join(TimeRows other, int at)
    {
        if (_micros is not null || other._micros is not null)
            (_micros ??= Nothing()).Join(other._micros ?? other.Nothing(), at);
        (_count, _whole) = (at + other._count, _whole && other._whole);
    }

    public TimeColumn InOrder(ReadOnlySpan<ulong> order)
    {
        if (_micros is null)
            return new(Slab<int>.Empty, Slab<long>.Empty);
        var micros = _micros.InOrder(order);
        _micros = null;
        return _whole
            ? new(new(Array.ConvertAll(micros, micro => micro == TimeColumn.NoMicrosecond ? TimeColumn.NoSecond : (int)(micro / 1_000_000))), Slab<long>.Empty)
            : new(Slab<int>.Empty, new(micros));
    }
}
