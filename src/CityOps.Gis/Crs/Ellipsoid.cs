namespace CityOps.Gis.Crs;

/// <summary>
/// An ellipsoid: half axis in metres and reciprocal of the flattening (0 = sphere). Degrees to geocentric metres and back, for points on
/// it.
/// </summary>
public readonly record struct Ellipsoid(double SemiMajor, double InverseFlattening)
{
    public static readonly Ellipsoid Cgcs2000 = new(6378137, 298.257222101);

    double Flattening => InverseFlattening == 0 ? 0 : 1 / InverseFlattening;
    double Eccentricity2 => Flattening * (2 - Flattening);

    public (double X, double Y, double Z) ToGeocentric(double lon, double lat)
    {
        var (sinLat, cosLat) = Math.SinCos(lat * Math.PI / 180);
        var (sinLon, cosLon) = Math.SinCos(lon * Math.PI / 180);
        var normal = SemiMajor / Math.Sqrt(1 - Eccentricity2 * sinLat * sinLat);
        return (normal * cosLat * cosLon, normal * cosLat * sinLon, normal * (1 - Eccentricity2) * sinLat);
    }

    /// <summary>Longitude and latitude in degrees; the height is dropped. Converges to 1e-13 rad for points near the surface.</summary>
    public (double Lon, double Lat) ToGeographic(double x, double y, double z)
    {
        var e2 = Eccentricity2;
        var distance = Math.Sqrt(x * x + y * y);
        var lat = Math.Atan2(z, distance * (1 - e2));
        for (var round = 0; round < 6; round++)
        {
            var sin = Math.Sin(lat);
            lat = Math.Atan2(z + e2 * SemiMajor / Math.Sqrt(1 - e2 * sin * sin) * sin, distance);
        }
        return (Math.Atan2(y, x) * 180 / Math.PI, lat * 180 / Math.PI);
    }
}
