using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>A reusable growing run of bytes that speaks protobuf. Owned by one thread; a mutable struct, so never copied.</summary>
struct ByteRun(int capacity)
{
    const int LongestVarint = 10;

    byte[] _bytes = new byte[capacity];

    public int Length;

    public readonly ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public readonly ReadOnlyMemory<byte> From(int start) => _bytes.AsMemory(start, Length - start);

    /// <summary>Room for <paramref name="count"/> more bytes, starting at <see cref="Length"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
            Grow(count);
        return _bytes.AsSpan(Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void Grow(int count)
        => Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, (long)Length + count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Varint(uint value) => Length += Put(Room(LongestVarint), 0, value);

    public void Varint(ulong value) => Length += Put(Room(LongestVarint), 0, value);

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Room(8), value);
        Length += 8;
    }

    /// <summary>Leaves one byte for a length that <see cref="Close"/> fills in; the answer is where the body begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Open()
    {
        Byte(0);
        return Length;
    }

    /// <summary>
    /// Writes the length of the body that began at <paramref name="body"/>, moving a long body up to make room for its longer length.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close(int body)
    {
        var length = Length - body;
        if (length < 0x80)
            _bytes[body - 1] = (byte)length;
        else
            CloseLong(body, length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void CloseLong(int body, int length)
    {
        var extra = SizeOf((uint)length) - 1;
        Room(extra);
        _bytes.AsSpan(body, length).CopyTo(_bytes.AsSpan(body + extra));
        Put(_bytes, body - 1, (uint)length);
        Length += extra;
    }

    /// <summary>
    /// Writes a field's tag and the length of its body, which began at <paramref name="body"/>, right before the body, where there is room; the answer is where the
    /// field begins.
    /// </summary>
    public readonly int CloseBefore(int body, byte tag)
    {
        var length = (uint)(Length - body);
        var start = body - SizeOf(length) - 1;
        _bytes[start] = tag;
        Put(_bytes, start + 1, length);
        return start;
    }

    /// <summary>Puts a varint at <paramref name="at"/>; the answer is the place behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Put(Span<byte> into, int at, uint value)
    {
        while (value >= 0x80)
        {
            into[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        into[at] = (byte)value;
        return at + 1;
    }

    public static int Put(Span<byte> into, int at, ulong value)
    {
        while (value >= 0x80)
        {
            into[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        into[at] = (byte)value;
        return at + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    static int SizeOf(uint value) => (38 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7;
}
