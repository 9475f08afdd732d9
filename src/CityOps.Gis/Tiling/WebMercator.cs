namespace CityOps.Gis.Tiling;

/// <summary>Web Mercator (EPSG:3857) as a unit square: u grows eastwards from −180°, v southwards from 85.0511° N. CGCS2000 and WGS 84 count as equal.</summary>
public static class WebMercator
{
    public static double U(double longitude) => longitude / 360 + 0.5;

    public static double V(double latitude) => 0.5 - Math.Log(Math.Tan(Math.PI / 4 + latitude * Math.PI / 360)) / (2 * Math.PI);

    public static double Longitude(double u) => (u - 0.5) * 360;

    public static double Latitude(double v) => Math.Atan(Math.Sinh(Math.PI * (1 - 2 * v))) * 180 / Math.PI;

    /// <summary>West, south, east, north of a tile in degrees, widened by a share of the tile's side on every edge.</summary>
    public static (double West, double South, double East, double North) Degrees(TileCoord tile, double margin = 0)
    {
        double tiles = 1L << tile.Zoom;
        return (Longitude((tile.X - margin) / tiles), Latitude((tile.Y + 1 + margin) / tiles), Longitude((tile.X + 1 + margin) / tiles), Latitude((tile.Y - margin) / tiles));
    }
}
