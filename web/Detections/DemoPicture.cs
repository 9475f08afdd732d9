using CityOps.Gis.Detections;
using SkiaSharp;

namespace CityOps.Gis.Web.Detections;

/// <summary>Draws a street as a camera might see it, with something of a kind in a box: for the demonstration, which has no cameras.</summary>
public sealed class DemoPicture
{
    const int Width = 960, Height = 540, Ground = 300, Kerb = 372;
    static readonly SKColor s_wheel = new(0xff20242a);
    static readonly SKColor[] s_bright = [new(0xffb23a48), new(0xff2f6690), new(0xffe0a030), new(0xff3a7d44), new(0xffd9d9d9)];

    readonly SKCanvas _canvas;
    readonly Random _random;

    DemoPicture(SKCanvas canvas, Random random) => (_canvas, _random) = (canvas, random);

    /// <summary>JPEG bytes of a street with a thing of a kind (list <c>detection-kinds</c>) in a box.</summary>
    /// <param name="seed">Equal ones give equal pictures.</param>
    public static byte[] Draw(string kind, PictureBox box, int seed)
    {
        using var bitmap = new SKBitmap(Width, Height);
        using var canvas = new SKCanvas(bitmap);
        var picture = new DemoPicture(canvas, new Random(seed));
        picture.Street();
        picture.Thing(kind, new((float)box.X * Width, (float)box.Y * Height, (float)(box.X + box.Width) * Width, (float)(box.Y + box.Height) * Height));
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 85);
        return data.ToArray();
    }

    SKColor Bright => s_bright[_random.Next(s_bright.Length)];

    void Street()
    {
        Fill(new(0, 0, Width, Ground), new(0xffbcd3e3));
        for (var x = -_random.Next(60); x < Width; x += 150)
            House(x, 130 + _random.Next(20), 60 + _random.Next(110));
        Fill(new(0, Ground, Width, Kerb), new(0xffb7b1a5));
        for (var x = 0; x < Width; x += 60)
            Fill(new(x, Ground, x + 2, Kerb), new(0xffa39d91));
        Fill(new(0, Kerb, Width, Kerb + 8), new(0xffd6d2c8));
        Fill(new(0, Kerb + 8, Width, Height), new(0xff5a5e63));
        for (var x = 40; x < Width; x += 180)
            Fill(new(x, 462, x + 90, 470), new(0xffe8e6de));
    }

    void House(int left, int width, int top)
    {
        var wall = new SKColor((byte)(140 + _random.Next(70)), (byte)(130 + _random.Next(60)), (byte)(120 + _random.Next(50)));
        Fill(new(left, top, left + width, Ground), wall);
        for (var y = top + 16; y < Ground - 50; y += 38)
            for (var x = left + 14; x < left + width - 24; x += 36)
                Fill(new(x, y, x + 20, y + 22), new(0xff4a5b6b));
        Fill(new(left + 12, Ground - 44, left + width - 12, Ground), new(0xff39424b));
    }

    // What several kinds look like is drawn once.
    void Thing(string kind, SKRect box)
    {
        switch (kind)
        {
            case "vehicle-parking" or "fire-lane":
                Vehicle(box);
                break;
            case "bike-parking" or "shared-bikes":
                Row(box, 4, Bike);
                break;
            case "bin-overflow":
                Heap(new(box.Left, box.Top, box.Right, box.MidY), 9);
                Fill(new(box.Left + box.Width * 0.15f, box.MidY - 10, box.Right - box.Width * 0.15f, box.Bottom), new(0xff2e6b4f));
                break;
            case "street-vendor" or "trading-outside" or "trading-on-road":
                Stall(box);
                break;
            case "outdoor-advertising" or "small-advertisements":
                Board(box);
                break;
            case "laundry":
                Row(box, 6, Cloth);
                break;
            default:
                Heap(box, 22);
                break;
        }
    }

    void Vehicle(SKRect box)
    {
        var color = Bright;
        Round(new(box.Left + box.Width * 0.2f, box.Top, box.Right - box.Width * 0.22f, box.MidY + 6), 18, color);
        Round(new(box.Left + box.Width * 0.27f, box.Top + 8, box.Right - box.Width * 0.3f, box.MidY - 4), 8, new(0xff8fb2c9));
        Round(new(box.Left, box.MidY - 6, box.Right, box.Bottom - box.Height * 0.14f), 14, color);
        foreach (var x in new[] { 0.22f, 0.78f })
            Disc(box.Left + box.Width * x, box.Bottom - box.Height * 0.17f, box.Height * 0.17f, s_wheel);
    }

    void Bike(SKRect box)
    {
        var (wheel, color) = (box.Width * 0.27f, Bright);
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = 4, Color = s_wheel };
        _canvas.DrawCircle(box.Left + wheel, box.Bottom - wheel, wheel - 2, paint);
        _canvas.DrawCircle(box.Right - wheel, box.Bottom - wheel, wheel - 2, paint);
        paint.Color = color;
        _canvas.DrawLine(box.Left + wheel, box.Bottom - wheel, box.MidX, box.Top + box.Height * 0.35f, paint);
        _canvas.DrawLine(box.MidX, box.Top + box.Height * 0.35f, box.Right - wheel, box.Bottom - wheel, paint);
        _canvas.DrawLine(box.Right - wheel * 1.2f, box.Top, box.Right - wheel, box.Bottom - wheel, paint);
    }

    void Stall(SKRect box)
    {
        var (color, roof) = (Bright, box.Height * 0.35f);
        for (var down = 0f; down < roof; down += 2)
            Fill(new(box.MidX - box.Width / 2 * down / roof, box.Top + down, box.MidX + box.Width / 2 * down / roof, box.Top + down + 2), color);
        Fill(new(box.MidX - 3, box.Top + box.Height * 0.3f, box.MidX + 3, box.Bottom), new(0xff4b4b4b));
        Fill(new(box.Left + box.Width * 0.1f, box.Bottom - box.Height * 0.32f, box.Right - box.Width * 0.1f, box.Bottom), new(0xff8a5a33));
        Heap(new(box.Left + box.Width * 0.15f, box.Bottom - box.Height * 0.45f, box.Right - box.Width * 0.15f, box.Bottom - box.Height * 0.28f), 12);
    }

    void Board(SKRect box)
    {
        Fill(new(box.MidX - 5, box.MidY, box.MidX + 5, box.Bottom), new(0xff555555));
        Round(new(box.Left, box.Top, box.Right, box.Bottom - box.Height * 0.25f), 6, Bright);
        for (var line = 0; line < 3; line++)
            Fill(new(box.Left + 12, box.Top + 14 + line * box.Height * 0.2f, box.Right - 14 - _random.Next(20), box.Top + 22 + line * box.Height * 0.2f), SKColors.White);
    }

    void Cloth(SKRect box) => Round(new(box.Left + 4, box.Top, box.Right - 4, box.Bottom - _random.Next(1, 12)), 5, Bright);

    void Heap(SKRect box, int pieces)
    {
        for (var piece = 0; piece < pieces; piece++)
        {
            var size = Math.Min(box.Width, box.Height) * (0.18f + _random.NextSingle() * 0.14f);
            Disc(box.Left + size + _random.NextSingle() * Math.Max(1, box.Width - 2 * size), box.Bottom - size - _random.NextSingle() * _random.NextSingle() * Math.Max(1, box.Height - 2 * size), size, piece % 3 == 0 ? Bright : new(0xff3c3a36));
        }
    }

    static void Row(SKRect box, int count, Action<SKRect> draw)
    {
        for (var at = 0; at < count; at++)
            draw(new(box.Left + box.Width * at / count, box.Top, box.Left + box.Width * (at + 1) / count, box.Bottom));
    }

    void Fill(SKRect box, SKColor color) => Round(box, 0, color);

    void Round(SKRect box, float radius, SKColor color)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = color };
        _canvas.DrawRoundRect(box, radius, radius, paint);
    }

    void Disc(float x, float y, float radius, SKColor color)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = color };
        _canvas.DrawCircle(x, y, radius, paint);
    }
}
