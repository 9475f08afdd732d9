using SkiaSharp;

namespace CityOps.Gis.Testing.Faults.Simulation;

/// <summary>A photo as a phone sends one.</summary>
static class Photos
{
    public static byte[] Any { get; } = Make();

    static byte[] Make()
    {
        using var bitmap = new SKBitmap(320, 240);
        bitmap.Erase(new SKColor(120, 130, 90));
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 80).ToArray();
    }
}
