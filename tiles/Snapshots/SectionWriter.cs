using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Writes a snapshot's slabs one after the other, each from a multiple of 64 bytes, and what else is to be known into a directory behind them.</summary>
sealed class SectionWriter(Stream stream) : IDisposable
{
    const int Piece = 1 << 24;
    readonly MemoryStream _directory = new();
    readonly XxHash3 _checksum = new();

    public long Position { get; private set; } = SectionFile.HeaderBytes;

    public void Long(long value) => _directory.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    public void Text(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Long(bytes.Length);
        _directory.Write(bytes);
    }

    public void Slab<T>(Slab<T> slab) where T : unmanaged
    {
        Pad();
        Long(Position);
        Long(slab.Length);
        var left = slab.Span;
        for (; left.Length > 0; left = left[Math.Min(left.Length, Piece)..])
            Bytes(MemoryMarshal.AsBytes(left[..Math.Min(left.Length, Piece)]));
    }

    /// <summary>Writes the directory; gives its place, its length and the checksum of everything behind the header.</summary>
    public (long Position, long Length, ulong Checksum) End()
    {
        Pad();
        var start = Position;
        Bytes(_directory.GetBuffer().AsSpan(0, (int)_directory.Length));
        return (start, _directory.Length, _checksum.GetCurrentHashAsUInt64());
    }

    void Pad() => Bytes(new byte[(int)(-Position & 63)]);

    void Bytes(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _checksum.Append(bytes);
        Position += bytes.Length;
    }

    public void Dispose() => _directory.Dispose();
}
