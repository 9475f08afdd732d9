namespace CityOps.Gis.Crs;

/// <summary>BD-09, Baidu's shift on top of GCJ-02. Degrees, longitude first.</summary>
public static class Bd09
{
    const double Turn = Math.PI * 3000 / 180;

    public static (double Lon, double Lat) FromGcj02(double lon, double lat)
    {
        var radius = Math.Sqrt(lon * lon + lat * lat) + 0.00002 * Math.Sin(lat * Turn);
        var angle = Math.Atan2(lat, lon) + 0.000003 * Math.Cos(lon * Turn);
        return (radius * Math.Cos(angle) + 0.0065, radius * Math.Sin(angle) + 0.006);
    }

    /// <summary>By fixed-point iteration, to 1e-9 degrees.</summary>
    public static (double Lon, double Lat) ToGcj02(double lon, double lat)
    {
        var (gcjLon, gcjLat) = (lon - 0.0065, lat - 0.006);
        for (var round = 0; round < 60; round++)
        {
            var (bdLon, bdLat) = FromGcj02(gcjLon, gcjLat);
            var (dLon, dLat) = (lon - bdLon, lat - bdLat);
            (gcjLon, gcjLat) = (gcjLon + dLon, gcjLat + dLat);
            if (Math.Abs(dLon) < 1e-11 && Math.Abs(dLat) < 1e-11)
                break;
        }
        return (gcjLon, gcjLat);
    }

    public static (double Lon, double Lat) FromWgs84(double lon, double lat)
    {
        var (gcjLon, gcjLat) = Gcj02.FromWgs84(lon, lat);
        return FromGcj02(gcjLon, gcjLat);
    }

    public static (double Lon, double Lat) ToWgs84(double lon, double lat)
    {
        var (gcjLon, gcjLat) = ToGcj02(lon, lat);
        return Gcj02.ToWgs84(gcjLon, gcjLat);
    }
}
