namespace CityOps.Gis.Crs;

/// <summary>A reference system and an order of axes, tried on a sample.</summary>
sealed record CrsGuess(CrsDefinition Crs, bool SwapAxes)
{
    /// <summary>
    /// A city works in one zone even where it reaches over the zone's edge, but not farther than this from the central meridian.
    /// </summary>
    const double MaxFromMeridian = 400_000;

    /// <summary>Inside = most points lie in the area; Elsewhere = the numbers are possible in the system, but lie outside it.</summary>
    public Fit Try(CoordinateSample sample, SurveyArea area)
    {
        var (x, y) = SwapAxes ? ((double[])sample.Y.Clone(), (double[])sample.X.Clone()) : ((double[])sample.X.Clone(), (double[])sample.Y.Clone());
        if (!CouldHold(sample, x, y))
            return Fit.No;
        var (planeX, planeY) = ((double[])x.Clone(), (double[])y.Clone());
        CoordinateTransform.WithoutShift(Crs).Apply(x, y);
        var inside = Count(x, y, area.Contains);
        if (inside >= 0.5 * x.Length)
            return Fit.Inside;
        return Count(x, y, (lon, lat) => Math.Abs(lon) <= 180.5 && Math.Abs(lat) <= 90) >= 0.9 * x.Length
            && ReturnsTo(planeX, planeY, x, y) ? Fit.Elsewhere : Fit.No;
    }

    bool CouldHold(CoordinateSample sample, double[] x, double[] y)
    {
        if (Crs.IsGeographic)
            return Count(x, y, (lon, lat) => Math.Abs(lon) <= 180.5 && Math.Abs(lat) <= 90) >= 0.9 * x.Length;
        if (sample.LooksLikeDegrees)
            return false;
        if (Crs.Datum == "xiamen92") // a city's own plane: small numbers, no farther than the city reaches
            return Count(x, y, (e, n) => Math.Abs(e - Crs.FalseEasting) <= 120_000 && Math.Abs(n) <= 150_000) >= 0.9 * x.Length;
        var east = Crs.FalseEasting;
        return !Crs.IsGaussKruger || Count(x, y, (e, n) => Math.Abs(e - east) <= MaxFromMeridian && n is > 0 and < 6_200_000) >= 0.9 * x.Length;
    }

    /// <summary>Numbers beyond a projection's reach do not come back to themselves.</summary>
    bool ReturnsTo(double[] planeX, double[] planeY, double[] lon, double[] lat)
    {
        if (Crs.IsGeographic)
            return true;
        var (x, y) = ((double[])lon.Clone(), (double[])lat.Clone());
        CoordinateTransform.WithoutShift(Crs, isForward: true).Apply(x, y);
        var close = 0;
        for (var i = 0; i < x.Length; i++)
            close += double.Hypot(x[i] - planeX[i], y[i] - planeY[i]) < 1 ? 1 : 0;
        return close >= 0.9 * x.Length;
    }

    static int Count(double[] x, double[] y, Func<double, double, bool> holds)
    {
        var count = 0;
        for (var i = 0; i < x.Length; i++)
            count += holds(x[i], y[i]) ? 1 : 0;
        return count;
    }
}
