using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// A snapshot on disk, so that a restart serves at once. Little-endian; a header of 128 bytes: "CITYSNAP", format (int64), hash of the definition, place and
/// length of the directory, XxHash3 of all behind the header, the origin (eight words, see <see cref="SnapshotOrigin"/>), a spare word, XxHash3 of the header before it;
/// then columns, each from a multiple of 64 bytes as it lies in memory, then the directory.
/// </summary>
public static class SnapshotFile
{
    internal const int HeaderBytes = 128;
    const int OriginWord = 6;
    const long Magic = 0x50414E5359544943, Format = 3;

    // Open mappings by their snapshots; a snapshot that was built has none.
    static readonly ConditionalWeakTable<LayerSnapshot, MappedSnapshot> Mappings = [];
    static readonly List<MappedSnapshot> Alive = [];

    /// <summary>Writes beside the path and renames, so that a file is whole or not there.</summary>
    public static void Write(LayerSnapshot snapshot, string path, SnapshotOrigin origin = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var partial = path + ".part";
        using (var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20))
        {
            stream.Write(new byte[HeaderBytes]);
            using var sections = new SectionWriter(stream);
            snapshot.Write(sections);
            var (directory, length, checksum) = sections.End();
            stream.Position = 0;
            stream.Write(Header(snapshot.Layer, directory, length, checksum, origin));
            stream.Flush(flushToDisk: true);
        }
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>The snapshot in a file; null where there is none, where it was cut or altered, or where the definition is another now.</summary>
    public static LayerSnapshot? Open(string path, LayerDefinition layer) => Open(path, layer, out _);

    public static unsafe LayerSnapshot? Open(string path, LayerDefinition layer, out SnapshotOrigin origin)
    {
        origin = default;
        if (!File.Exists(path) || new FileInfo(path).Length < HeaderBytes)
            return null;
        var file = new MappedSnapshot(path);
        if (!IsWhole(file, layer, out var directory))
        {
            file.Dispose();
            return null;
        }
        origin = Origin(new(file.Start, HeaderBytes));
        var snapshot = LayerSnapshot.Read(new SectionReader(file.Start, directory), layer);
        lock (Alive)
            Alive.Add(file);
        Mappings.Add(snapshot, file);
        return snapshot;
    }

    /// <summary>Lets a snapshot's file go. Only when nobody reads the snapshot any more: its spans point into the file. Does nothing for one that was built.</summary>
    public static void Release(LayerSnapshot snapshot)
    {
        if (!Mappings.TryGetValue(snapshot, out var file))
            return;
        Mappings.Remove(snapshot);
        lock (Alive)
            Alive.Remove(file);
        file.Dispose();
    }

    static byte[] Header(LayerDefinition layer, long directory, long length, ulong checksum, SnapshotOrigin origin)
    {
        var header = new byte[HeaderBytes];
        var stamp = origin.Stamp;
        long[] values =
        [
            Magic, Format, (long)HashOf(layer), directory, length, (long)checksum,
            (long)origin.System, stamp.Version, stamp.ChangedAt, stamp.ReloadVersion, stamp.Database, stamp.Table, (long)origin.Lsn, origin.AsOf.UtcTicks,
        ];
        for (var at = 0; at < values.Length; at++)
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(at * 8), values[at]);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(HeaderBytes - 8), XxHash3.HashToUInt64(header.AsSpan(0, HeaderBytes - 8)));
        return header;
    }

    static SnapshotOrigin Origin(ReadOnlySpan<byte> header)
    {
        var words = new long[8];
        for (var at = 0; at < words.Length; at++)
            words[at] = Word(header, OriginWord + at);
        return new((ulong)words[0], new(words[1], words[2], words[3], words[4], words[5]), (ulong)words[6], new(words[7], TimeSpan.Zero));
    }

    static long Word(ReadOnlySpan<byte> header, int at) => BinaryPrimitives.ReadInt64LittleEndian(header[(at * 8)..]);

    static unsafe bool IsWhole(MappedSnapshot file, LayerDefinition layer, out long directory)
    {
        var header = new ReadOnlySpan<byte>(file.Start, HeaderBytes);
        directory = Word(header, 3);
        return Word(header, 0) == Magic && Word(header, 1) == Format && Word(header, 2) == (long)HashOf(layer)
            && (ulong)Word(header, 15) == XxHash3.HashToUInt64(header[..(HeaderBytes - 8)])
            && directory + Word(header, 4) == file.Length
            && (ulong)Word(header, 5) == Checksum(file.Start + HeaderBytes, file.Length - HeaderBytes);
    }

    static unsafe ulong Checksum(byte* from, long bytes)
    {
        var checksum = new XxHash3();
        const int piece = 1 << 26;
        for (; bytes > 0; from += piece, bytes -= piece)
            checksum.Append(new ReadOnlySpan<byte>(from, (int)Math.Min(bytes, piece)));
        return checksum.GetCurrentHashAsUInt64();
    }

    static ulong HashOf(LayerDefinition layer) => XxHash3.HashToUInt64(JsonSerializer.SerializeToUtf8Bytes(layer));
}
