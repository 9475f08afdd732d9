using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>A growing buffer in which one geometry's WKB is put together; reused from row to row.</summary>
sealed class WkbBuffer(int capacity = 4096)
{
    byte[] _bytes = new byte[capacity];
    int _length;

    public byte[] ToArray() => _bytes[.._length];

    public void Clear() => _length = 0;

    public void Head(int type, int count)
    {
        Head(type);
        Number(count);
    }

    public void Head(int type)
    {
        Room(1)[0] = 1;
        Number(type);
    }

    public void Number(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);

    public void Xy(double x, double y)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Room(8), x);
        BinaryPrimitives.WriteDoubleLittleEndian(Room(8), y);
    }

    public void Points(ReadOnlySpan<double> xy) => MemoryMarshal.AsBytes(xy).CopyTo(Room(8 * xy.Length));

    Span<byte> Room(int count)
    {
        if (_length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + count));
        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
