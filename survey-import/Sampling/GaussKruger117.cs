namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// From EPSG:4548 (CGCS2000, Gauss–Krüger 3°, central meridian 117° E, false easting 500,000 m) to longitude and latitude in degrees
/// (EPSG:4490). Krüger's series to n⁴: better than 0.1 mm in a 3° zone.
/// </summary>
static class GaussKruger117
{
    const double SemiMajor = 6378137;
    const double Flattening = 1 / 298.257222101;
    const double N = Flattening / (2 - Flattening);
    const double N2 = N * N;
    const double N3 = N2 * N;
    const double N4 = N3 * N;
    const double Radius = SemiMajor / (1 + N) * (1 + N2 / 4 + N4 / 64);

    static readonly double[] Beta =
    [
        N / 2 - 2 * N2 / 3 + 37 * N3 / 96 - N4 / 360, N2 / 48 + N3 / 15 - 437 * N4 / 1440, 17 * N3 / 480 - 37 * N4 / 840, 4397 * N4 / 161280,
    ];

    static readonly double[] Delta =
    [
        2 * N - 2 * N2 / 3 - 2 * N3 + 116 * N4 / 45, 7 * N2 / 3 - 8 * N3 / 5 - 227 * N4 / 45, 56 * N3 / 15 - 136 * N4 / 35, 4279 * N4 / 630,
    ];

    public static (double Longitude, double Latitude) ToDegrees(double east, double north)
    {
        var (xi, eta) = (north / Radius, (east - 500_000) / Radius);
        var (xiSphere, etaSphere) = (xi, eta);
        for (var j = 0; j < 4; j++)
        {
            xiSphere -= Beta[j] * Math.Sin(2 * (j + 1) * xi) * Math.Cosh(2 * (j + 1) * eta);
            etaSphere -= Beta[j] * Math.Cos(2 * (j + 1) * xi) * Math.Sinh(2 * (j + 1) * eta);
        }
        var chi = Math.Asin(Math.Sin(xiSphere) / Math.Cosh(etaSphere));
        var latitude = chi;
        for (var j = 0; j < 4; j++)
            latitude += Delta[j] * Math.Sin(2 * (j + 1) * chi);
        return (117 + double.RadiansToDegrees(Math.Atan(Math.Sinh(etaSphere) / Math.Cos(xiSphere))), double.RadiansToDegrees(latitude));
    }
}
