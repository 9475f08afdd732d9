using System.Globalization;
using System.IO.Hashing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// The strong ETag of a tile: hash of its content and hash of its question, both XxHash, and the coding it was sent in
/// (RFC 9110, 8.8.3.3: codings of one content have tags of their own).
/// </summary>
public readonly record struct TileTag(ulong Content, uint Question)
{
    public static TileTag Of(ReadOnlySpan<byte> tile, TileQuestion question) => new(XxHash3.HashToUInt64(tile), question.Hash);

    public string Text(ContentCoding coding) => coding switch
    {
        ContentCoding.Gzip => string.Create(CultureInfo.InvariantCulture, $"\"{Content:x16}-{Question:x8}.gzip\""),
        ContentCoding.Brotli => string.Create(CultureInfo.InvariantCulture, $"\"{Content:x16}-{Question:x8}.br\""),
        _ => string.Create(CultureInfo.InvariantCulture, $"\"{Content:x16}-{Question:x8}\""),
    };

    /// <summary>Does the client have this content, in whatever coding? Compared weakly, as If-None-Match wants it.</summary>
    public bool IsIn(StringValues ifNoneMatch)
    {
        if (ifNoneMatch.Count == 0 || !EntityTagHeaderValue.TryParseList([.. ifNoneMatch.OfType<string>()], out var tags))
            return false;
        var plain = Text(ContentCoding.Identity).AsSpan().Trim('"');
        foreach (var tag in tags)
            if (tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.AsSpan().Trim('"') is var text && text.StartsWith(plain) && text[plain.Length..] is "" or ".gzip" or ".br")
                return true;
        return false;
    }
}
