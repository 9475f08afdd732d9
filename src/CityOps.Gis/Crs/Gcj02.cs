namespace CityOps.Gis.Crs;

/// <summary>
/// GCJ-02, the shifted coordinates of Chinese web maps (constants of the published formula). Degrees, longitude first; outside China both
/// directions are the identity.
/// </summary>
public static class Gcj02
{
    const double SemiMajor = 6378245.0;
    const double Eccentricity2 = 0.00669342162296594323;

    /// <summary>True where the shift applies.</summary>
    public static bool IsInside(double lon, double lat) => lon is >= 72.004 and <= 137.8347 && lat is >= 0.8293 and <= 55.8271;

    public static (double Lon, double Lat) FromWgs84(double lon, double lat)
    {
        if (!IsInside(lon, lat))
            return (lon, lat);
        var (x, y) = (lon - 105, lat - 35);
        var (sin, cos) = Math.SinCos(lat * Math.PI / 180);
        var magic = 1 - Eccentricity2 * sin * sin;
        var root = Math.Sqrt(magic);
        return (lon + LonShift(x, y) * 180 / (SemiMajor / root * cos * Math.PI),
            lat + LatShift(x, y) * 180 / (SemiMajor * (1 - Eccentricity2) / (magic * root) * Math.PI));
    }

    /// <summary>By fixed-point iteration, to 1e-9 degrees.</summary>
    public static (double Lon, double Lat) ToWgs84(double lon, double lat)
    {
        if (!IsInside(lon, lat))
            return (lon, lat);
        var (wgsLon, wgsLat) = (lon, lat);
        for (var round = 0; round < 30; round++)
        {
            var (gcjLon, gcjLat) = FromWgs84(wgsLon, wgsLat);
            var (dLon, dLat) = (lon - gcjLon, lat - gcjLat);
            (wgsLon, wgsLat) = (wgsLon + dLon, wgsLat + dLat);
            if (Math.Abs(dLon) < 1e-11 && Math.Abs(dLat) < 1e-11)
                break;
        }
        return (wgsLon, wgsLat);
    }

    static double Wave(double x) => (20 * Math.Sin(6 * x * Math.PI) + 20 * Math.Sin(2 * x * Math.PI)) * 2 / 3;

    static double LatShift(double x, double y)
        => -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.Sqrt(Math.Abs(x)) + Wave(x)
            + (20 * Math.Sin(y * Math.PI) + 40 * Math.Sin(y / 3 * Math.PI)) * 2 / 3
            + (160 * Math.Sin(y / 12 * Math.PI) + 320 * Math.Sin(y * Math.PI / 30)) * 2 / 3;

    static double LonShift(double x, double y)
        => 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.Sqrt(Math.Abs(x)) + Wave(x)
            + (20 * Math.Sin(x * Math.PI) + 40 * Math.Sin(x / 3 * Math.PI)) * 2 / 3
            + (150 * Math.Sin(x / 12 * Math.PI) + 300 * Math.Sin(x / 30 * Math.PI)) * 2 / 3;
}
