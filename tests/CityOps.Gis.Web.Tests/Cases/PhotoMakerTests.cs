using System.Buffers.Binary;
using System.Text;
using CityOps.Gis.Web.Cases;
using SkiaSharp;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cases;

public sealed class PhotoMakerTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_large_photo_becomes_a_JPEG_of_at_most_1600_pixels_and_a_small_one(SKEncodedImageFormat format)
    {
        var made = PhotoMaker.Make(Picture(4000, 2000, format))!;

        Assert.Equal((1600, 800), (made.Width, made.Height));
        Assert.Equal((SKEncodedImageFormat.Jpeg, 1600, 800), Looked(made.Bytes));
        Assert.Equal((SKEncodedImageFormat.Jpeg, 240, 120), Looked(made.Small));
    }

    [Fact]
    public void A_small_photo_is_not_blown_up() => Assert.Equal((30, 20), (PhotoMaker.Make(Picture(30, 20, SKEncodedImageFormat.Png))!.Width, 20));

    [Fact]
    public void What_a_sender_hid_in_the_file_stays_behind()
    {
        var sent = WithExif(Picture(60, 40, SKEncodedImageFormat.Jpeg), orientation: 1, "GPS 24.48N 118.09E <script>");
        Assert.Contains("GPS 24.48N", Encoding.Latin1.GetString(sent), StringComparison.Ordinal);

        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(PhotoMaker.Make(sent)!.Bytes), StringComparison.Ordinal);
    }

    // Where the red quarter of the picture, sent at its upper left, stands when it is seen upright (Exif 2.32, tag 0x0112).
    [Theory]
    [InlineData(1, 60, 40, false, false)]
    [InlineData(2, 60, 40, true, false)]
    [InlineData(3, 60, 40, true, true)]
    [InlineData(4, 60, 40, false, true)]
    [InlineData(5, 40, 60, false, false)]
    [InlineData(6, 40, 60, true, false)]
    [InlineData(7, 40, 60, true, true)]
    [InlineData(8, 40, 60, false, true)]
    public void A_photo_is_turned_upright(int orientation, int width, int height, bool isRight, bool isBelow)
    {
        var made = PhotoMaker.Make(WithExif(Picture(60, 40, SKEncodedImageFormat.Jpeg), orientation, "x"))!;
        using var seen = SKBitmap.Decode(made.Bytes);

        Assert.Equal((width, height), (made.Width, made.Height));
        foreach (var (right, below) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var color = seen.GetPixel(right ? width - 8 : 8, below ? height - 8 : 8);
            Assert.True((color.Red > 150 && color.Blue < 120) == ((right, below) == (isRight, isBelow)), $"{orientation}: {right} {below} is {color}");
        }
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<html><script>alert(1)</script>")]
    [InlineData("GIF89a\u0001\u0000\u0001\u0000\u0080\u0000\u0000\u00ff\u00ff\u00ff\u0000\u0000\u0000!\u00f9\u0004\u0001\u0000\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u0001\u0000\u0001\u0000\u0000\u0002\u0002D\u0001\u0000;")]
    [InlineData("")]
    [InlineData("\u00ff\u00d8\u00ff but no picture")]
    public void What_is_no_photo_is_not_taken(string sent) => Assert.Null(PhotoMaker.Make(Encoding.Latin1.GetBytes(sent)));

    // Photos of a camera whose chip reads them turned, as large as phones make them: read at a part of their size.
    [Fact]
    public void A_JPEG_that_is_read_smaller_stands_upright_too()
    {
        var made = PhotoMaker.Make(WithExif(Picture(4000, 3000, SKEncodedImageFormat.Jpeg), orientation: 6, "x"))!;
        using var seen = SKBitmap.Decode(made.Bytes);

        Assert.Equal((1200, 1600), (made.Width, made.Height));
        Assert.True(seen.GetPixel(1100, 100).Red > 150 && seen.GetPixel(100, 100).Red < 100, $"{seen.GetPixel(1100, 100)} {seen.GetPixel(100, 100)}");
    }

    // A PNG is read whole, so it may claim fewer pixels than a JPEG.
    [Theory]
    [InlineData(60_000, 60_000)]
    [InlineData(6_000, 5_000)]
    public void A_picture_that_claims_to_be_huge_is_refused_before_it_is_read(int width, int height)
    {
        // A PNG of a few bytes whose header (PNG, clause 11.2.2) says another size.
        var huge = Picture(8, 8, SKEncodedImageFormat.Png);
        BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(20), height);
        var checksum = System.IO.Hashing.Crc32.Hash(huge.AsSpan(12, 17));
        Array.Reverse(checksum);
        checksum.CopyTo(huge, 29);

        Assert.Null(PhotoMaker.Make(huge));
    }

    [Fact]
    public void A_photo_that_was_cut_on_its_way_is_not_taken() => Assert.Null(PhotoMaker.Make(Picture(400, 300, SKEncodedImageFormat.Jpeg).AsSpan()[..^500]));

    /// <summary>Blue with the upper left quarter red.</summary>
    public static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Blue);
        using var red = new SKPaint { Color = SKColors.Red };
        canvas.DrawRect(0, 0, width / 2f, height / 2f, red);
        canvas.Flush();
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    // An APP1 segment after the start of the image: a TIFF header, one entry, and a text.
    static byte[] WithExif(byte[] jpeg, int orientation, string text)
    {
        byte[] tiff = [.. "Exif\0\0MM\0*\0\0\0\b"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)];
        var length = tiff.Length + 2;
        return [.. jpeg[..2], 0xff, 0xe1, (byte)(length >> 8), (byte)length, .. tiff, .. jpeg[2..]];
    }

    static (SKEncodedImageFormat, int, int) Looked(byte[] bytes)
    {
        using var codec = SKCodec.Create(new MemoryStream(bytes));
        return (codec.EncodedFormat, codec.Info.Width, codec.Info.Height);
    }
}
