using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Extensions.FileProviders;

namespace CityOps.Gis.Web.Assets;

/// <summary>
/// Scripts and style sheets as browsers take them packed (Brotli, RFC 7932, or gzip, RFC 1952): packed when the first one asks, and kept for all others, less than 2 MB
/// together. They hold nothing of anybody's, so they are packed under HTTPS too.
/// </summary>
sealed class PackedAssets(IWebHostEnvironment host)
{
    /// <summary>Names of the encodings, the better one first.</summary>
    public static readonly string[] Encodings = ["br", "gzip"];

    // A quarter of a second for the largest script; the highest quality would take ten times as long for a tenth less.
    const int BrotliQuality = 7, LeastBytes = 1_000;
    static readonly string[] Endings = [".js", ".css", ".svg"];
    readonly ConcurrentDictionary<(string Path, DateTimeOffset Modified, string Encoding), Lazy<byte[]>> _kept = new();

    /// <summary>A file's packed bytes; null where there is no such file, or packing it is not worth while.</summary>
    /// <param name="path">From the web root.</param>
    public byte[]? Find(string path, string encoding)
        => Endings.Contains(Path.GetExtension(path)) && host.WebRootFileProvider.GetFileInfo(path) is { Exists: true, Length: >= LeastBytes } file
            ? _kept.GetOrAdd((path, file.LastModified, encoding), static (key, file) => new(() => Pack(file, key.Encoding)), file).Value
            : null;

    static byte[] Pack(IFileInfo file, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packing = encoding == "br"
            ? new BrotliStream(packed, new BrotliCompressionOptions { Quality = BrotliQuality }, leaveOpen: true)
            : new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var plain = file.CreateReadStream())
            plain.CopyTo(packing);
        return packed.ToArray();
    }
}
