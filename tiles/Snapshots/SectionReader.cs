using System.Buffers.Binary;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Reads what <see cref="SectionWriter"/> wrote from a mapped file whose checksum has been found right.</summary>
sealed unsafe class SectionReader(byte* mapped, long directory)
{
    byte* _at = mapped + directory;

    public long Long()
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(_at, 8));
        _at += 8;
        return value;
    }

    public string Text()
    {
        var length = (int)Long();
        var text = System.Text.Encoding.UTF8.GetString(_at, length);
        _at += length;
        return text;
    }

    public Slab<T> Slab<T>() where T : unmanaged
    {
        var (place, length) = (Long(), Long());
        return length == 0 ? Snapshots.Slab<T>.Empty : new(mapped + place, (int)length);
    }
}
