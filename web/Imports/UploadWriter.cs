using System.Buffers;
using System.IO.Hashing;
using CityOps.Gis.PostGis.Batches;

namespace CityOps.Gis.Web.Imports;

/// <summary>
/// Puts chunks of files to disk. A chunk counts once all of it is here and its checksum is right; what a cut connection left behind is written over by the next try.
/// </summary>
public sealed class UploadWriter(UploadStore uploads, ImportFolder folder)
{
    /// <param name="offset">Where in the file the chunk begins, bytes.</param>
    /// <param name="crc32">Of the chunk, as ZIP and PNG compute it (ISO 3309).</param>
    public async Task<AppendOutcome> Append(Upload upload, long offset, uint crc32, Stream chunk, CancellationToken cancel)
    {
        if (offset != upload.Received)
            return AppendOutcome.WrongOffset;
        var path = folder.FileOf(upload.Folder, upload.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream file;
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The request of a connection that was cut has not noticed yet.
            return AppendOutcome.Busy;
        }
        await using (file)
        {
            var (length, found) = await Copy(chunk, file, offset, upload.Size, cancel);
            if (length is not { } written)
                return AppendOutcome.TooLong;
            if (found != crc32)
                return AppendOutcome.Damaged;
            file.Flush(flushToDisk: offset + written == upload.Size);
            return await uploads.Advance(upload, offset + written, cancel) ? AppendOutcome.Appended : AppendOutcome.WrongOffset;
        }
    }

    /// <summary>Files without content need no chunk.</summary>
    public void MakeEmpty(Upload upload)
    {
        var path = folder.FileOf(upload.Folder, upload.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Create(path).Dispose();
    }

    static async Task<(long? Length, uint Crc32)> Copy(Stream chunk, FileStream file, long offset, long size, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 << 10);
        try
        {
            var crc = new Crc32();
            file.Position = offset;
            for (int count; (count = await chunk.ReadAsync(buffer, cancel)) > 0;)
            {
                if (file.Position + count > size)
                    return (null, 0);
                crc.Append(buffer.AsSpan(0, count));
                await file.WriteAsync(buffer.AsMemory(0, count), cancel);
            }
            return (file.Position - offset, crc.GetCurrentHashAsUInt32());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
