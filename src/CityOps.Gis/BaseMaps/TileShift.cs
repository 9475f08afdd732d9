using CityOps.Gis.Crs;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.BaseMaps;

/// <summary>
/// How far the pictures of a GCJ-02 map lie from where they belong, in pixels of a tile: what belongs at a pixel of the tile is found so many pixels to the east and
/// south in the map's own tiles. The shift changes so slowly that one for a tile, that of its middle, is right to a fraction of a pixel.
/// </summary>
public readonly record struct TileShift(double East, double South)
{
    /// <param name="tilePixels">Width of a tile.</param>
    public static TileShift Gcj02Of(TileCoord tile, int tilePixels)
    {
        double tiles = 1L << tile.Zoom;
        var (u, v) = ((tile.X + 0.5) / tiles, (tile.Y + 0.5) / tiles);
        var (longitude, latitude) = Gcj02.FromWgs84(WebMercator.Longitude(u), WebMercator.Latitude(v));
        return new((WebMercator.U(longitude) - u) * tiles * tilePixels, (WebMercator.V(latitude) - v) * tiles * tilePixels);
    }
}
