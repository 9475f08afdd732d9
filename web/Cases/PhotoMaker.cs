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

    // A phone takes 50 million pixels. A JPEG is read at an eighth of its size and upwards (ITU-T T.81 blocks are 8 × 8), the others whole: those may have fewer.
    const long MostPixels = 50_000_000, MostRead = 24_000_000;
    const int Side = 1600, SmallSide = 240, Quality = 82, SmallQuality = 75, Eighths = 8;
    static readonly SKEncodedImageFormat[] s_known = [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp];

    /// <summary>The photo; null where the bytes are no JPEG, PNG or WebP picture, or a broken or an oversized one.</summary>
    public static NewPhoto? Make(ReadOnlySpan<byte> sent)
    {
        using var data = SKData.CreateCopy(sent);
        using var codec = SKCodec.Create(data);
        if (codec is null || !s_known.Contains(codec.EncodedFormat) || codec.Info is not { Width: > 0, Height: > 0 } info || (long)info.Width * info.Height > MostPixels)
            return null;
        using var picture = Read(codec, info);
        if (picture is null)
            return null;
        var (bytes, width, height) = Draw(picture, codec.EncodedOrigin, Side, Quality);
        return new(bytes, Draw(picture, codec.EncodedOrigin, SmallSide, SmallQuality).Bytes, width, height);
    }

    // No larger than is needed, where the format allows it.
    static SKImage? Read(SKCodec codec, SKImageInfo info)
    {
        var size = codec.GetScaledDimensions(Math.Min(1f, MathF.Ceiling((float)Eighths * Side / Math.Max(info.Width, info.Height)) / Eighths));
        if ((long)size.Width * size.Height > MostRead)
            return null;
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul)) || codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
            return null;
        bitmap.SetImmutable();
        return SKImage.FromBitmap(bitmap);
    }

    static (byte[] Bytes, int Width, int Height) Draw(SKImage picture, SKEncodedOrigin origin, int side, int quality)
    {
        var (across, down) = origin >= SKEncodedOrigin.LeftTop ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var scale = Math.Min(1f, (float)side / Math.Max(across, down));
        var (width, height) = (Math.Max(1, (int)MathF.Round(across * scale)), Math.Max(1, (int)MathF.Round(down * scale)));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale((float)width / across, (float)height / down);
        canvas.Concat(Upright(origin, picture.Width, picture.Height));
        canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return (jpeg.ToArray(), width, height);
    }

    // By what the file says of how the camera was held (Exif 2.32, tag 0x0112); see x' = sx x + kx y + tx, y' = ky x + sy y + ty.
    static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => Matrix(-1, 0, width, 0, 1, 0),
        SKEncodedOrigin.BottomRight => Matrix(-1, 0, width, 0, -1, height),
        SKEncodedOrigin.BottomLeft => Matrix(1, 0, 0, 0, -1, height),
        SKEncodedOrigin.LeftTop => Matrix(0, 1, 0, 1, 0, 0),
        SKEncodedOrigin.RightTop => Matrix(0, -1, height, 1, 0, 0),
        SKEncodedOrigin.RightBottom => Matrix(0, -1, height, -1, 0, width),
        SKEncodedOrigin.LeftBottom => Matrix(0, 1, 0, -1, 0, width),
        _ => SKMatrix.Identity,
    };

    static SKMatrix Matrix(float sx, float kx, float tx, float ky, float sy, float ty) => new(sx, kx, tx, ky, sy, ty, 0, 0, 1);
}
