namespace CityOps.Gis.Heat;

/// <summary>
/// Distances along a meridian of CGCS2000 (equal to WGS 84's within 0.1 mm), by the series of Helmert in the third flattening n up to n⁴
/// (Snyder 1987, Map Projections – A Working Manual, 3-26 and its inverse): right to a tenth of a millimetre.
/// </summary>
public static class MeridianArc
{
    const double F = 1 / 298.257222101, N = F / (2 - F), N2 = N * N, N3 = N2 * N, N4 = N2 * N2;

    /// <summary>Metres of the rectifying sphere's radius: an arc is this times the rectifying latitude.</summary>
    const double Radius = 6378137 / (1 + N) * (1 + N2 / 4 + N4 / 64);

    /// <summary>Metres from the equator to a latitude in degrees, negative in the south.</summary>
    public static double Meters(double latitude)
    {
        var at = latitude * Math.PI / 180;
        return Radius * (at
            - (3.0 / 2 * N - 9.0 / 16 * N3) * Math.Sin(2 * at)
            + (15.0 / 16 * N2 - 15.0 / 32 * N4) * Math.Sin(4 * at)
            - 35.0 / 48 * N3 * Math.Sin(6 * at)
            + 315.0 / 512 * N4 * Math.Sin(8 * at));
    }

    /// <summary>The latitude in degrees that lies so many metres from the equator.</summary>
    public static double Latitude(double meters)
    {
        var at = meters / Radius;
        return (at
            + (3.0 / 2 * N - 27.0 / 32 * N3) * Math.Sin(2 * at)
            + (21.0 / 16 * N2 - 55.0 / 32 * N4) * Math.Sin(4 * at)
            + 151.0 / 96 * N3 * Math.Sin(6 * at)
            + 1097.0 / 512 * N4 * Math.Sin(8 * at)) * 180 / Math.PI;
    }
}
