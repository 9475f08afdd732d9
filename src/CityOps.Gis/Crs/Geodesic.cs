namespace CityOps.Gis.Crs;

/// <summary>
/// Distances along the ellipsoid of CGCS2000 (T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid with application of nested equations", Survey
/// Review 23/176, 1975): to a tenth of a millimetre for places less than half around the earth from each other.
/// </summary>
public static class Geodesic
{
    const double A = 6378137, F = 1 / 298.257222101, B = A * (1 - F), Radians = Math.PI / 180, Close = 1e-13;
    const int MostRounds = 100;

    /// <summary>Metres between two places in degrees; infinite where the two lie so nearly opposite each other that the method finds no end.</summary>
    public static double Meters(double longitude, double latitude, double longitude2, double latitude2)
    {
        var (sin1, cos1) = Reduced(latitude);
        var (sin2, cos2) = Reduced(latitude2);
        var apart = Math.IEEERemainder(longitude2 - longitude, 360) * Radians;
        var lambda = apart;
        for (var round = 0; round < MostRounds; round++)
        {
            var (sinLambda, cosLambda) = Math.SinCos(lambda);
            var (east, north) = (cos2 * sinLambda, cos1 * sin2 - sin1 * cos2 * cosLambda);
            var sinSigma = Math.Sqrt(east * east + north * north);
            if (sinSigma == 0)
                return 0;
            var cosSigma = sin1 * sin2 + cos1 * cos2 * cosLambda;
            var sigma = Math.Atan2(sinSigma, cosSigma);
            var sinAlpha = cos1 * cos2 * sinLambda / sinSigma;
            var cosAlpha2 = 1 - sinAlpha * sinAlpha;
            var cosMiddle = cosAlpha2 == 0 ? 0 : cosSigma - 2 * sin1 * sin2 / cosAlpha2;
            var c = F / 16 * cosAlpha2 * (4 + F * (4 - 3 * cosAlpha2));
            var before = lambda;
            lambda = apart + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * (cosMiddle + c * cosSigma * (2 * cosMiddle * cosMiddle - 1)));
            if (Math.Abs(lambda - before) < Close)
                return Length(cosAlpha2, sigma, sinSigma, cosSigma, cosMiddle);
        }
        return double.PositiveInfinity;
    }

    static (double Sin, double Cos) Reduced(double latitude) => Math.SinCos(Math.Atan((1 - F) * Math.Tan(latitude * Radians)));

    static double Length(double cosAlpha2, double sigma, double sinSigma, double cosSigma, double cosMiddle)
    {
        var u2 = cosAlpha2 * (A * A - B * B) / (B * B);
        var a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
        var b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
        var middle2 = cosMiddle * cosMiddle;
        var less = b * sinSigma * (cosMiddle + b / 4 * (cosSigma * (2 * middle2 - 1) - b / 6 * cosMiddle * (4 * sinSigma * sinSigma - 3) * (4 * middle2 - 3)));
        return B * a * (sigma - less);
    }
}
