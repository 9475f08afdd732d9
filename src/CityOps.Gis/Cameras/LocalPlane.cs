using CityOps.Gis.Crs;

namespace CityOps.Gis.Cameras;

/// <summary>
/// Metres east and north of a place, in the plane of a Gauss–Krüger zone of CGCS2000, turned to true north and brought to true length there: a camera's direction counts from true
/// north, which in a zone's plane leans by up to a degree. The projection keeps angles, so that within some kilometres bearings and distances are those of the ellipsoid to a few
/// parts in a hundred thousand.
/// </summary>
public sealed class LocalPlane
{
    // Degrees: some 110 m, along which north is looked for.
    const double Step = 1e-3;

    readonly CoordinateTransform _back;
    readonly double _x, _y, _sin, _cos, _scale;

    /// <param name="longitude">Degrees (EPSG:4490).</param>
    /// <param name="latitude">Degrees (EPSG:4490).</param>
    /// <param name="zone">The city's projected system; null = the 3° zone in which the place lies.</param>
    public LocalPlane(double longitude, double latitude, CrsDefinition? zone = null)
    {
        zone ??= CrsCatalog.Zone3(longitude);
        var forward = CoordinateTransform.From4490(zone);
        _back = CoordinateTransform.To4490(zone);
        (_x, _y) = forward.Apply(longitude, latitude);
        var (x, y) = forward.Apply(longitude, latitude + Step);
        var length = Math.Sqrt(Math.Pow(x - _x, 2) + Math.Pow(y - _y, 2));
        (_sin, _cos) = ((x - _x) / length, (y - _y) / length);
        _scale = length / Geodesic.Meters(longitude, latitude, longitude, latitude + Step);
    }

    /// <summary>The place so many metres away at a bearing (degrees clockwise from true north), in degrees (EPSG:4490).</summary>
    public (double Longitude, double Latitude) At(double bearing, double meters)
    {
        var (east, north) = Math.SinCos(bearing * Math.PI / 180);
        var length = meters * _scale;
        return _back.Apply(_x + length * (east * _cos + north * _sin), _y + length * (north * _cos - east * _sin));
    }
}
