using System.Buffers.Binary;
using System.Text;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>
/// Rows in PostgreSQL's binary COPY format (PostgreSQL documentation, COPY, "Binary Format"): per row a 16-bit field count, per field a 32-bit length (−1 = null)
/// and the value in network byte order. One thread writes it; <see cref="Clear"/> keeps the memory.
/// </summary>
public sealed class CopyBuffer
{
    // Microseconds and days between 2000-01-01, PostgreSQL's epoch, and .NET's.
    static readonly long EpochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    static readonly int EpochDay = new DateOnly(2000, 1, 1).DayNumber;

    byte[] _bytes = new byte[1 << 20];
    int _count;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _count);

    /// <summary>Signature, flags and header extension; once at the start of a stream.</summary>
    public static ReadOnlyMemory<byte> Header { get; } = (byte[])[.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>End of a stream.</summary>
    public static ReadOnlyMemory<byte> Trailer { get; } = (byte[])[0xff, 0xff];

    public void Clear() => _count = 0;

    public void Row(int fields) => BinaryPrimitives.WriteInt16BigEndian(Take(2), (short)fields);

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Reserve(4 + most);
        var length = Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_count + 4, most));
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(_count), length);
        _count += 4 + length;
    }

    public void Integer(long value)
    {
        var at = Take(12);
        BinaryPrimitives.WriteInt32BigEndian(at, 8);
        BinaryPrimitives.WriteInt64BigEndian(at[4..], value);
    }

    public void SmallInteger(int value)
    {
        var at = Take(8);
        BinaryPrimitives.WriteInt32BigEndian(at, 4);
        BinaryPrimitives.WriteInt32BigEndian(at[4..], value);
    }

    public void Real(double value)
    {
        var at = Take(12);
        BinaryPrimitives.WriteInt32BigEndian(at, 8);
        BinaryPrimitives.WriteDoubleBigEndian(at[4..], value);
    }

    public void Boolean(bool value)
    {
        var at = Take(5);
        BinaryPrimitives.WriteInt32BigEndian(at, 1);
        at[4] = value ? (byte)1 : (byte)0;
    }

    /// <param name="dayNumber">As <see cref="DateOnly.DayNumber"/>.</param>
    public void Date(int dayNumber) => SmallInteger(dayNumber - EpochDay);

    /// <param name="utcTicks">As <see cref="DateTime.Ticks"/> in UTC.</param>
    public void Timestamp(long utcTicks) => Integer((utcTicks - EpochTicks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>A list of texts (<c>text[]</c>).</summary>
    public void Texts(string[] values)
    {
        Reserve(4);
        var start = _count;
        _count += 4;
        foreach (var number in values.Length == 0 ? [0, 0, 25] : (int[])[1, 0, 25, values.Length, 1])
            BinaryPrimitives.WriteInt32BigEndian(Take(4), number);
        foreach (var value in values)
            Text(value);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start), _count - start - 4);
    }

    /// <summary>A point in EPSG:4490 as EWKB.</summary>
    public void Point(double longitude, double latitude)
    {
        var at = Take(29);
        BinaryPrimitives.WriteInt32BigEndian(at, 25);
        at[4] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(at[5..], 0x20000001);
        BinaryPrimitives.WriteInt32LittleEndian(at[9..], LayerTable.StoredSrid);
        BinaryPrimitives.WriteDoubleLittleEndian(at[13..], longitude);
        BinaryPrimitives.WriteDoubleLittleEndian(at[21..], latitude);
    }

    /// <param name="wkb">Little-endian ISO WKB without SRID, in EPSG:4490.</param>
    public void Geometry(ReadOnlySpan<byte> wkb)
    {
        var at = Take(4 + wkb.Length + 4);
        BinaryPrimitives.WriteInt32BigEndian(at, wkb.Length + 4);
        at[4] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(at[5..], BinaryPrimitives.ReadUInt32LittleEndian(wkb[1..]) | 0x20000000);
        BinaryPrimitives.WriteInt32LittleEndian(at[9..], LayerTable.StoredSrid);
        wkb[5..].CopyTo(at[13..]);
    }

    Span<byte> Take(int length)
    {
        Reserve(length);
        var taken = _bytes.AsSpan(_count, length);
        _count += length;
        return taken;
    }

    void Reserve(int length)
    {
        if (_count + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + length));
    }
}
