using NetTopologySuite.Geometries;

namespace CityOps.Gis.Grids;

/// <summary>
/// Area on the CGCS2000 ellipsoid of polygons in degrees, edges straight in longitude and latitude. By Green's theorem over S(φ), the area
/// between equator and
/// latitude per radian of longitude; each edge is integrated by Simpson's rule, whose error is below 1e-9 of the area for edges of a city's
/// size.
/// </summary>
public static class EllipsoidArea
{
    const double Flattening = 1 / 298.257222101;
    const double Eccentricity2 = Flattening * (2 - Flattening);
    const double SemiMinor = 6378137 * (1 - Flattening);

    static readonly double Eccentricity = Math.Sqrt(Eccentricity2);

    /// <summary>Square metres; 0 for anything without an area.</summary>
    public static double SquareMeters(Geometry geometry)
    {
        var sum = 0.0;
        for (var i = 0; i < geometry.NumGeometries; i++)
            if (geometry.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
            {
                sum += Ring(polygon.Shell.CoordinateSequence);
                foreach (var hole in polygon.Holes)
                    sum -= Ring(hole.CoordinateSequence);
            }
        return sum;
    }

    /// <summary>Metres along the meridian and the parallel in one degree at a latitude.</summary>
    public static (double PerLon, double PerLat) MetersPerDegree(double lat)
    {
        var (sin, cos) = Math.SinCos(lat * Math.PI / 180);
        var w = Math.Sqrt(1 - Eccentricity2 * sin * sin);
        return (6378137 / w * cos * Math.PI / 180, 6378137 * (1 - Eccentricity2) / (w * w * w) * Math.PI / 180);
    }

    static double Ring(CoordinateSequence ring)
    {
        var origin = Strip(ring.GetY(0)); // keeps the sums small, so that a grid's area does not drown in the strip from the equator
        var sum = 0.0;
        for (var i = 1; i < ring.Count; i++)
        {
            var (south, north) = (ring.GetY(i - 1), ring.GetY(i));
            var mean = (Strip(south) + 4 * Strip((south + north) / 2) + Strip(north)) / 6 - origin;
            sum += (ring.GetX(i) - ring.GetX(i - 1)) * Math.PI / 180 * mean;
        }
        return Math.Abs(sum);
    }

    static double Strip(double lat)
    {
        var sin = Math.Sin(lat * Math.PI / 180);
        return SemiMinor * SemiMinor / 2 * (sin / (1 - Eccentricity2 * sin * sin) + Math.Atanh(Eccentricity * sin) / Eccentricity);
    }
}
