using CityOps.Gis.PostGis.Cases;
using SkiaSharp;

namespace CityOps.Gis.Web.Cases;

/// <summary>
/// Makes a photo anew from what somebody sent: its kind is told by its content, it is turned upright, made smaller and written as JPEG. Positions, names of devices and whatever
/// else was in the file stay behind.
/// </summary>
public static class PhotoMaker
{
    /// <summary>Bytes that a sent photo may have.</summary>
    public const int MostBytes = 12 << 20;

    // A phone takes 50 million pixels; what claims more would fill the memory.
    const long MostPixels = 64_000_000;
    const int Side = 1600, SmallSide = 240, Quality = 82, SmallQuality = 75;
    static readonly SKEncodedImageFormat[] s_known = [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp];

    /// <summary>The photo; null where the bytes are no JPEG, PNG or WebP picture, or a broken or an oversized one.</summary>
    public static NewPhoto? Make(ReadOnlySpan<byte> sent)
    {
        using var data = SKData.CreateCopy(sent);
        using var codec = SKCodec.Create(data);
        if (codec is null || !s_known.Contains(codec.EncodedFormat) || codec.Info is not { Width: > 0, Height: > 0 } info || (long)info.Width * info.Height > MostPixels)
            return null;
        // Skia turns it upright by what the file says of the camera (Exif 2.32, tag 0x0112).
        using var picture = SKImage.FromEncodedData(data);
        if (picture is null)
            return null;
        var (bytes, width, height) = Draw(picture, Side, Quality);
        return new(bytes, Draw(picture, SmallSide, SmallQuality).Bytes, width, height);
    }

    static (byte[] Bytes, int Width, int Height) Draw(SKImage picture, int side, int quality)
    {
        var scale = Math.Min(1f, (float)side / Math.Max(picture.Width, picture.Height));
        var (width, height) = (Math.Max(1, (int)MathF.Round(picture.Width * scale)), Math.Max(1, (int)MathF.Round(picture.Height * scale)));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.DrawImage(picture, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return (jpeg.ToArray(), width, height);
    }
}
