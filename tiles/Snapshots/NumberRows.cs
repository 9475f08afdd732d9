namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A growing column of integers, reals or booleans as their eight bytes; rows without a value are listed apart.</summary>
sealed class NumberRows(string name, AttributeKind kind)
{
    readonly Rows<int> _nulls = new();
    Rows<long> _values = new();
    long _lowest = long.MaxValue, _highest = long.MinValue;

    public long Bytes => _values.Bytes + _nulls.Bytes;

    public void Add(long? bits)
    {
        if (bits is null)
            _nulls.Add(_values.Count);
        var value = bits ?? 0;
        (_lowest, _highest) = (Math.Min(_lowest, value), Math.Max(_highest, value));
        _values.Add(value);
    }

    /// <inheritdoc cref="Rows{T}.Join"/>
    public void Join(NumberRows other, int at)
    {
        for (var row = 0; row < other._nulls.Count; row++)
            _nulls.Add(at + other._nulls[row]);
        (_lowest, _highest) = (Math.Min(_lowest, other._lowest), Math.Max(_highest, other._highest));
        _values.Join(other._values, at);
    }

    public AttributeColumn InOrder(ReadOnlySpan<ulong> order)
    {
        var rows = _values.Count;
        var values = _values.InOrder(order);
        _values = new();
        var fits = _lowest >= int.MinValue && _highest <= int.MaxValue;
        return new(name, kind,
            kind == AttributeKind.Integer && fits ? new(Array.ConvertAll(values, value => (int)value)) : Slab<int>.Empty,
            kind == AttributeKind.Integer && !fits ? new(values) : Slab<long>.Empty,
            kind == AttributeKind.Real ? new(Array.ConvertAll(values, BitConverter.Int64BitsToDouble)) : Slab<double>.Empty,
            kind == AttributeKind.Boolean ? new(Array.ConvertAll(values, value => (byte)value)) : Slab<byte>.Empty,
            Nulls(order, rows));
    }

    Slab<ulong> Nulls(ReadOnlySpan<ulong> order, int rows)
    {
        if (_nulls.Count == 0)
            return Slab<ulong>.Empty;
        var (source, result) = (new ulong[(rows + 63) / 64], new ulong[(order.Length + 63) / 64]);
        for (var at = 0; at < _nulls.Count; at++)
            source[_nulls[at] >> 6] |= 1ul << _nulls[at];
        for (var row = 0; row < order.Length; row++)
            result[row >> 6] |= (source[(uint)order[row] >> 6] >> (int)(uint)order[row] & 1) << row;
        return new(result);
    }
}
