using System.Buffers.Binary;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>The keys and values of one layer, encoded as they come; used again for the next layer. See <see cref="MvtWriter"/>.</summary>
sealed class MvtDictionary
{
    const byte LayerKey = 3 << 3 | 2, LayerValue = 4 << 3 | 2;
    const byte ValueText = 1 << 3 | 2, ValueReal = 3 << 3 | 1, ValueInteger = 4 << 3, ValueSigned = 6 << 3, ValueTruth = 7 << 3;
    const int None = -1, LongestShortText = 125;

    ByteRun _keys = new(256);
    ByteRun _values = new(4 * 1024);
    (int Start, int End)[] _keyTexts = new (int, int)[16];
    int _keyCount, _valueCount, _true = None, _false = None;

    public ReadOnlySpan<byte> Keys => _keys.Span;
    public ReadOnlySpan<byte> Values => _values.Span;

    public void Clear()
    {
        _keys.Length = _values.Length = 0;
        _keyCount = _valueCount = 0;
        _true = _false = None;
    }

    public int Key(ReadOnlySpan<byte> utf8)
    {
        for (var i = 0; i < _keyCount; i++)
            if (_keys.Span[_keyTexts[i].Start.._keyTexts[i].End].SequenceEqual(utf8))
                return i;
        if (_keyCount == _keyTexts.Length)
            Array.Resize(ref _keyTexts, 2 * _keyCount);
        _keys.Byte(LayerKey);
        _keys.Varint((uint)utf8.Length);
        var start = _keys.Length;
        _keys.Raw(utf8);
        _keyTexts[_keyCount] = (start, _keys.Length);
        return _keyCount++;
    }

    public int Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestShortText)
            return LongText(utf8);
        // Both lengths are one byte; value, its length, text, its length are written as one word.
        var to = _values.Room(4 + LongestShortText);
        BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)(LayerValue | utf8.Length + 2 << 8 | ValueText << 16 | utf8.Length << 24));
        utf8.CopyTo(to[4..]);
        _values.Length += 4 + utf8.Length;
        return _valueCount++;
    }

    int LongText(ReadOnlySpan<byte> utf8)
    {
        _values.Byte(LayerValue);
        var body = _values.Open();
        _values.Byte(ValueText);
        _values.Varint((uint)utf8.Length);
        _values.Raw(utf8);
        return EndValue(body);
    }

    public int Integer(long value)
    {
        _values.Byte(LayerValue);
        var body = _values.Open();
        // A negative int64 takes ten bytes, as sint64 it is short.
        _values.Byte(value < 0 ? ValueSigned : ValueInteger);
        _values.Varint(value < 0 ? (ulong)((value << 1) ^ (value >> 63)) : (ulong)value);
        return EndValue(body);
    }

    public int Real(double value)
    {
        _values.Byte(LayerValue);
        var body = _values.Open();
        _values.Byte(ValueReal);
        _values.Double(value);
        return EndValue(body);
    }

    public int Truth(bool value)
    {
        ref var known = ref value ? ref _true : ref _false;
        if (known != None)
            return known;
        _values.Byte(LayerValue);
        var body = _values.Open();
        _values.Byte(ValueTruth);
        _values.Byte(value ? (byte)1 : (byte)0);
        return known = EndValue(body);
    }

    int EndValue(int body)
    {
        _values.Close(body);
        return _valueCount++;
    }
}
