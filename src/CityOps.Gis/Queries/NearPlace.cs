using System.Globalization;

namespace CityOps.Gis.Queries;

/// <summary>A circle: what lies no farther than so many metres from a place, along the ellipsoid of CGCS2000.</summary>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="Latitude">Degrees (EPSG:4490).</param>
public readonly record struct NearPlace(double Longitude, double Latitude, double Meters)
{
    /// <summary>Larger circles are no neighbourhood; a polygon or a district says better what is meant.</summary>
    public const double MostMeters = 100_000;

    /// <summary>A box in degrees that holds the circle and a little more.</summary>
    public (double West, double South, double East, double North) Box
    {
        get
        {
            // A degree of latitude is 110.57 km or more; of longitude as much less as the parallel farther from the equator is shorter.
            var north = Meters / 110_000;
            var farther = Math.Min(Math.Abs(Latitude) + north, 89.9);
            var east = Math.Min(north / Math.Cos(farther * Math.PI / 180), 360);
            return (Longitude - east, Latitude - north, Longitude + east, Latitude + north);
        }
    }

    /// <summary><c>longitude,latitude,metres</c>; null where it is something else.</summary>
    public static NearPlace? TryParse(string text)
    {
        var numbers = text.Split(',');
        return numbers.Length == 3 && Number(numbers[0]) is >= -180 and <= 180 and { } longitude && Number(numbers[1]) is >= -85 and <= 85 and { } latitude
            && Number(numbers[2]) is > 0 and <= MostMeters and { } meters
            ? new(longitude, latitude, meters)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Longitude:R},{Latitude:R},{Meters:R}");

    static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
