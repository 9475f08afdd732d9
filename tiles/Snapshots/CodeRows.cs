namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A growing column of codes; widens from one byte to two to four as the dictionary grows.</summary>
sealed class CodeRows(string name)
{
    readonly Utf8Dictionary _dictionary = new();
    Rows<byte>? _bytes = new();
    Rows<ushort>? _shorts;
    Rows<int>? _ints;

    public int Distinct => _dictionary.Count;
    public int Count => _bytes?.Count ?? _shorts?.Count ?? _ints!.Count;
    public long Bytes => (_bytes?.Bytes ?? _shorts?.Bytes ?? _ints!.Bytes) + _dictionary.Bytes;

    public void AddNull() => AddCode(0);

    public void Add(ReadOnlySpan<byte> text) => AddCode(_dictionary.Number(text));

    public int Code(int row) => _bytes?[row] ?? _shorts?[row] ?? _ints![row];

    public ReadOnlySpan<byte> Text(int code) => _dictionary.Text(code);

    /// <inheritdoc cref="Rows{T}.Join"/>
    public void Join(CodeRows other, int at)
    {
        var numbers = new int[other.Distinct + 1];
        for (var code = 1; code < numbers.Length; code++)
            numbers[code] = _dictionary.Number(other.Text(code));
        Widen(Distinct);
        other.Widen(Distinct);
        other.Renumber(numbers);
        _bytes?.Join(other._bytes!, at);
        _shorts?.Join(other._shorts!, at);
        _ints?.Join(other._ints!, at);
    }

    void Renumber(int[] numbers)
    {
        for (var row = 0; row < Count; row++)
            if (_bytes is not null)
                _bytes[row] = (byte)numbers[_bytes[row]];
            else if (_shorts is not null)
                _shorts[row] = (ushort)numbers[_shorts[row]];
            else
                _ints![row] = numbers[_ints[row]];
    }

    void Widen(int code)
    {
        if (_bytes is not null && code > byte.MaxValue)
            ToShorts();
        if (_shorts is not null && code > ushort.MaxValue)
            ToInts();
    }

    void AddCode(int code)
    {
        Widen(code);
        if (_bytes is not null)
            _bytes.Add((byte)code);
        else if (_shorts is not null)
            _shorts.Add((ushort)code);
        else
            _ints!.Add(code);
    }

    void ToShorts()
    {
        _shorts = new();
        for (var row = 0; row < _bytes!.Count; row++)
            _shorts.Add(_bytes[row]);
        _bytes = null;
    }

    void ToInts()
    {
        _ints = new();
        for (var row = 0; row < _shorts!.Count; row++)
            _ints.Add(_shorts[row]);
        _shorts = null;
    }

    public CodeColumn InOrder(ReadOnlySpan<ulong> order)
    {
        var (texts, starts) = _dictionary.Packed();
        var column = new CodeColumn(name,
            _bytes is null ? Slab<byte>.Empty : new(_bytes.InOrder(order)),
            _shorts is null ? Slab<ushort>.Empty : new(_shorts.InOrder(order)),
            _ints is null ? Slab<int>.Empty : new(_ints.InOrder(order)), texts, starts);
        (_bytes, _shorts, _ints) = (null, null, null);
        return column;
    }
}
