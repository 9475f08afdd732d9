using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// What files of snapshots have in common. Little-endian; a header of 128 bytes: "CITYSNAP", format (int64), hash of the definition, place and length of the
/// directory, XxHash3 of all behind the header, the origin (eight words, see <see cref="SnapshotOrigin"/>), XxHash3 of the file that it belongs to (0 = it stands
/// alone), XxHash3 of the header before it; then columns, each from a multiple of 64 bytes as it lies in memory, then the directory.
/// </summary>
static class SectionFile
{
    public const int HeaderBytes = 128;
    const int OriginWord = 6, BaseWord = 14;
    const long Magic = 0x50414E5359544943, Format = 3;

    /// <summary>Writes beside the path and renames, so that a file is whole or not there; gives the hash that stands for its content.</summary>
    /// <param name="baseHash">Of the file it belongs to; 0 = it stands alone.</param>
    public static ulong Write(string path, LayerDefinition layer, SnapshotOrigin origin, ulong baseHash, Action<SectionWriter> write)
    {
        PrivateFolder.Make(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var partial = path + ".part";
        try
        {
            var hash = Fill(partial, layer, origin, baseHash, write);
            File.Move(partial, path, overwrite: true);
            return hash;
        }
        finally
        {
            // On a full disk the half of a file would keep it full.
            File.Delete(partial);
        }
    }

    static ulong Fill(string partial, LayerDefinition layer, SnapshotOrigin origin, ulong baseHash, Action<SectionWriter> write)
    {
        using var stream = new FileStream(partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20);
        stream.Write(new byte[HeaderBytes]);
        using var sections = new SectionWriter(stream);
        write(sections);
        var (directory, length, hash) = sections.End();
        stream.Position = 0;
        stream.Write(Header(layer, directory, length, hash, origin, baseHash));
        stream.Flush(flushToDisk: true);
        return hash;
    }

    /// <summary>The file, mapped; null where there is none, where it was cut or altered, where the definition is another now or it belongs to another file.</summary>
    public static unsafe (MappedSnapshot File, long Directory, SnapshotOrigin Origin, ulong Hash)? Open(string path, LayerDefinition layer, ulong baseHash)
    {
        if (!File.Exists(path) || new FileInfo(path).Length < HeaderBytes)
            return null;
        var file = new MappedSnapshot(path);
        var header = new ReadOnlySpan<byte>(file.Start, HeaderBytes);
        if (IsWhole(file, layer, baseHash))
            return (file, Word(header, 3), Origin(header), (ulong)Word(header, 5));
        file.Dispose();
        return null;
    }

    static byte[] Header(LayerDefinition layer, long directory, long length, ulong hash, SnapshotOrigin origin, ulong baseHash)
    {
        var header = new byte[HeaderBytes];
        var stamp = origin.Stamp;
        long[] values =
        [
            Magic, Format, (long)HashOf(layer), directory, length, (long)hash,
            (long)origin.System, stamp.Version, stamp.ChangedAt, stamp.ReloadVersion, stamp.Database, stamp.Table, (long)origin.Lsn, origin.AsOf.UtcTicks,
            (long)baseHash,
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

    // The header's own hash first: until then its words may be anything. The small comparisons come before the content is read.
    static unsafe bool IsWhole(MappedSnapshot file, LayerDefinition layer, ulong baseHash)
    {
        var header = new ReadOnlySpan<byte>(file.Start, HeaderBytes);
        return Word(header, 0) == Magic && Word(header, 1) == Format && Word(header, 2) == (long)HashOf(layer)
            && (ulong)Word(header, 15) == XxHash3.HashToUInt64(header[..(HeaderBytes - 8)])
            && (ulong)Word(header, BaseWord) == baseHash
            && Word(header, 3) + Word(header, 4) == file.Length
            && (ulong)Word(header, 5) == HashOf(file.Start + HeaderBytes, file.Length - HeaderBytes);
    }

    static unsafe ulong HashOf(byte* from, long bytes)
    {
        var hash = new XxHash3();
        const int piece = 1 << 26;
        for (; bytes > 0; from += piece, bytes -= piece)
            hash.Append(new ReadOnlySpan<byte>(from, (int)Math.Min(bytes, piece)));
        return hash.GetCurrentHashAsUInt64();
    }

    static ulong HashOf(LayerDefinition layer) => XxHash3.HashToUInt64(JsonSerializer.SerializeToUtf8Bytes(layer));
}
