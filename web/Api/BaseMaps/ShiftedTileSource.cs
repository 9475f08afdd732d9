using CityOps.Gis.BaseMaps;
using CityOps.Gis.Tiling;
using SkiaSharp;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>Takes the shift of GCJ-02 out of a source: each tile is put together from the up to four of the source that it lies across.</summary>
sealed class ShiftedTileSource(ITileSource source) : ITileSource
{
    const int Pixels = 256;

    public async Task<TilePicture?> Fetch(TileCoord tile, CancellationToken cancel)
    {
        var shift = TileShift.Gcj02Of(tile, Pixels);
        var (east, south) = ((int)Math.Round(shift.East), (int)Math.Round(shift.South));
        var parts = await Task.WhenAll(PartsOf(tile, east, south).Select(async part => (part.Left, part.Top, Picture: await source.Fetch(part.Tile, cancel))));
        return parts.All(part => part.Picture is null) ? null : Together(parts);
    }

    // Tiles of the source under the tile's pixels, and where their upper left corners come to lie.
    static IEnumerable<(TileCoord Tile, int Left, int Top)> PartsOf(TileCoord tile, int east, int south)
    {
        var (firstX, firstY) = ((int)Math.Floor(east / (double)Pixels), (int)Math.Floor(south / (double)Pixels));
        for (var x = firstX; x * Pixels < east + Pixels; x++)
            for (var y = firstY; y * Pixels < south + Pixels; y++)
                if (new TileCoord(tile.Zoom, tile.X + x, tile.Y + y) is { IsValid: true } part)
                    yield return (part, x * Pixels - east, y * Pixels - south);
    }

    static TilePicture Together(IEnumerable<(int Left, int Top, TilePicture? Picture)> parts)
    {
        using var bitmap = new SKBitmap(Pixels, Pixels);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Transparent);
        foreach (var (left, top, picture) in parts)
        {
            using var part = picture is null ? null : SKImage.FromEncodedData(picture.Bytes);
            if (part is not null)
                canvas.DrawImage(part, SKRect.Create(left, top, Pixels, Pixels), SKSamplingOptions.Default);
        }
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return new(data.ToArray());
    }
}
