using System.Globalization;

namespace CityOps.Gis.Testing;

/// <summary>Random places around 118.1° E, 24.5° N.</summary>
public static class RandomPlaces
{
    /// <summary>A star-shaped polygon as WKT, now and then with a hole or a second part.</summary>
    public static string Polygon(Random random)
    {
        if (random.Next(4) == 0)
            return $"MULTIPOLYGON((({Star(random, 118.0, 24.4, 0.03)})), (({Star(random, 118.15, 24.55, 0.04)})))";
        var (x, y) = (118.02 + random.NextDouble() * 0.16, 24.42 + random.NextDouble() * 0.16);
        return $"POLYGON(({Star(random, x, y, 0.05)}){(random.Next(3) == 0 ? $", ({Star(random, x, y, 0.0025)})" : "")})";
    }

    static string Star(Random random, double x, double y, double reach)
    {
        var corners = random.Next(3, 12);
        var ring = Enumerable.Range(0, corners).Select(corner =>
        {
            var (angle, radius) = (2 * Math.PI * corner / corners, reach * (0.2 + 0.8 * random.NextDouble()));
            return string.Create(CultureInfo.InvariantCulture, $"{x + radius * Math.Cos(angle):R} {y + radius * Math.Sin(angle):R}");
        }).ToList();
        return string.Join(", ", ring.Append(ring[0]));
    }
}
