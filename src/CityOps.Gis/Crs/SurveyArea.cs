namespace CityOps.Gis.Crs;

/// <summary>Where deliveries are expected to lie, in degrees: the box of the city's districts.</summary>
public sealed record SurveyArea(double West, double South, double East, double North)
{
    /// <summary>Mainland and islands of China, for a city whose districts are not known yet.</summary>
    internal static readonly SurveyArea China = new(73, 3, 136, 54);

    /// <summary>The box with a margin of a tenth, at least 0.05°: deliveries reach a little beyond the boundary.</summary>
    internal SurveyArea Widened()
    {
        var (east, north) = (Math.Max(0.05, (East - West) / 10), Math.Max(0.05, (North - South) / 10));
        return new(West - east, South - north, East + east, North + north);
    }

    internal bool Contains(double lon, double lat) => lon >= West && lon <= East && lat >= South && lat <= North;
}
