using System.Buffers.Binary;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>Reads one protobuf message strictly, from front to back.</summary>
ref struct ProtoSpan(ReadOnlySpan<byte> bytes, string where)
{
    public const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    readonly int _length = bytes.Length;
    ReadOnlySpan<byte> _left = bytes;
    int _wireType;

    public readonly string Where => where;
    public readonly bool IsAtEnd => _left.IsEmpty;

    /// <summary>The next field's number, or 0 at the end.</summary>
    public int Next()
    {
        if (_left.IsEmpty)
            return 0;
        var tag = RawVarint();
        _wireType = (int)(tag & 7);
        if (tag >> 3 is 0 or > 0x1FFFFFFF || _wireType is not (Varint or Fixed64 or Bytes or Fixed32))
            throw new MvtException(MvtFault.WireType, new($"瓦片{where}中的字段标记 {tag} 无效。",
                $"The tile's {where} has the field mark {tag}, which protobuf does not allow."));
        return (int)(tag >> 3);
    }

    public ulong UInt64(string field)
    {
        Expect(Varint, field);
        return RawVarint();
    }

    public uint UInt32(string field)
    {
        var value = UInt64(field);
        return value <= uint.MaxValue
            ? (uint)value
            : throw new MvtException(MvtFault.Varint, new($"瓦片{where}的 {field} 值 {value} 超出范围。",
                $"The {field} of the tile's {where} is {value}, more than 32 bits hold."));
    }

    public double Double(string field)
    {
        Expect(Fixed64, field);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    public float Single(string field)
    {
        Expect(Fixed32, field);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    public ReadOnlySpan<byte> Span(string field)
    {
        Expect(Bytes, field);
        return Take(RawVarint());
    }

    /// <summary>As <see cref="Span"/>, but where in the message the bytes lie.</summary>
    public (int Start, int End) Range(string field)
    {
        var length = Span(field).Length;
        return (_length - _left.Length - length, _length - _left.Length);
    }

    public string Text(string field)
    {
        var utf8 = Span(field);
        return System.Text.Unicode.Utf8.IsValid(utf8)
            ? System.Text.Encoding.UTF8.GetString(utf8)
            : throw new MvtException(MvtFault.Utf8, new($"瓦片{where}的 {field} 不是有效的 UTF-8。",
                $"The {field} of the tile's {where} is not valid UTF-8."));
    }

    public void Skip()
    {
        if (_wireType == Varint)
            RawVarint();
        else
            Take(_wireType switch { Fixed64 => 8, Fixed32 => 4, _ => RawVarint() });
    }

    /// <summary>The rest as packed uint32.</summary>
    public uint[] Packed(string field)
    {
        var inner = new ProtoSpan(Span(field), where);
        var values = new List<uint>();
        while (!inner.IsAtEnd)
            values.Add((uint)inner.RawVarint());
        return [.. values];
    }

    readonly void Expect(int wireType, string field)
    {
        if (_wireType != wireType)
            throw new MvtException(MvtFault.WireType, new($"瓦片{where}的 {field} 的编码类型是 {_wireType}，应为 {wireType}。",
                $"The {field} of the tile's {where} is encoded as wire type {_wireType} instead of {wireType}."));
    }

    ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_left.Length)
            throw Truncated();
        var taken = _left[..(int)length];
        _left = _left[(int)length..];
        return taken;
    }

    ulong RawVarint()
    {
        var value = 0UL;
        for (var i = 0; i < 10; i++)
        {
            if (i >= _left.Length)
                throw Truncated();
            value |= (ulong)(_left[i] & 0x7F) << (7 * i);
            if (_left[i] >= 0x80)
                continue;
            _left = _left[(i + 1)..];
            return value;
        }
        throw new MvtException(MvtFault.Varint, new($"瓦片{where}中有一个整数超过十个字节。", $"The tile's {where} has a number longer than ten bytes."));
    }

    readonly MvtException Truncated()
        => new(MvtFault.Truncated, new($"瓦片{where}的数据不完整。", $"The tile's {where} ends in the middle of a field: bytes are missing."));
}
