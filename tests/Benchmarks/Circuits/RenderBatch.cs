using System.Buffers.Binary;
using System.Text;

namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>
/// A render batch as a circuit sends it (ASP.NET Core, RenderBatchWriter): tables of 32-bit numbers, little-endian, their places in the last 20 bytes: changed
/// components, frames of 20 bytes, disposed components, disposed handlers, strings.
/// </summary>
readonly ref struct RenderBatch(ReadOnlySpan<byte> bytes)
{
    const int FrameBytes = 20, EditBytes = 16;
    readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Components => Int(Table(5));
    public int Disposed => Int(Table(3));

    /// <summary>Where a component's changes begin: its number, how many edits, the edits.</summary>
    public int Component(int index) => Int(Table(5) + 4 + 4 * index);

    public int DisposedComponent(int index) => Int(Table(3) + 4 + 4 * index);

    public static int Edit(int component, int index) => component + 8 + EditBytes * index;

    public int Frame(int index) => Table(4) + 4 + FrameBytes * index;

    public int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]);

    public ulong Long(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[at..]);

    /// <summary>The string whose number stands at a place.</summary>
    public string? Text(int at)
    {
        if (Int(at) is var index && index < 0)
            return null;
        var place = Int(Table(1) + 4 * index);
        var (length, shift) = (0, 0);
        for (byte part = 0x80; (part & 0x80) != 0; shift += 7)
            length |= ((part = _bytes[place++]) & 0x7f) << shift;
        return Encoding.UTF8.GetString(_bytes.Slice(place, length));
    }

    int Table(int fromEnd) => Int(_bytes.Length - 4 * fromEnd);
}
