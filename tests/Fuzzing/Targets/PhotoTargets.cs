using CityOps.Gis.Web.Cases;
using SkiaSharp;

namespace CityOps.Gis.Fuzzing.Targets;

/// <summary>Pictures that people send with cases: read by native code, so a crash would end the process.</summary>
static class PhotoTargets
{
    const int MostSide = 1600;

    // Exif of one tag, the orientation 6 (Exif 2.32, 4.6.2 and tag 0x0112), in a segment APP1 as JPEG has them.
    static readonly byte[] s_turned = [0xff, 0xe1, 0x00, 0x22, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];

    /// <summary>What is made is a JPEG that can be read and is no larger than photos may be; what is no picture is refused.</summary>
    public static FuzzTarget Photos
        => new("photo", Seeds(), [[0xff, 0xd8], [0xff, 0xd9], [0xff, 0xda], [0xff, 0xc2], [0xff, 0xff], s_turned, .. FuzzTargets.Utf8("IHDR", "IDAT", "PLTE", "tRNS", "VP8X", "VP8L", "ALPH", "ANIM")], input =>
        {
            if (PhotoMaker.Make(input) is not { } photo)
                return "refused";
            using var read = SKBitmap.Decode(photo.Bytes);
            FuzzTargets.Promise(read is not null && read.Width == photo.Width && read.Height == photo.Height && Math.Max(read.Width, read.Height) <= MostSide, "a photo is what it says it is", $"{photo.Width} × {photo.Height}");
            return $"{int.Log2(photo.Width)} {int.Log2(photo.Height)}";
        })
        {
            MostTime = TimeSpan.FromSeconds(20),
        };

    static List<byte[]> Seeds()
    {
        using var bitmap = new SKBitmap(64, 40);
        for (var at = 0; at < 64 * 40; at++)
            bitmap.SetPixel(at % 64, at / 64, new((byte)(at * 7), (byte)(at / 11), (byte)(at % 251), (byte)(at % 5 == 0 ? 90 : 255)));
        var kinds = new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp }.Select(kind => bitmap.Encode(kind, 80).ToArray()).ToList();
        return [.. kinds, [.. kinds[0][..2], .. s_turned, .. kinds[0][2..]]];
    }
}
