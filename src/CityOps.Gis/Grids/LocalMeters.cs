using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace CityOps.Gis.Grids;

/// <summary>
/// Degrees stretched to metres about a place. What is straight, shared or touching stays so, and lengths are right within a percent over a
/// city:
/// enough for tolerances, not for areas that are compared.
/// </summary>
sealed class LocalMeters
{
    readonly AffineTransformation _stretch;
    readonly AffineTransformation _back;

    public LocalMeters(Envelope extent)
    {
        var centre = extent.IsNull ? new Coordinate() : extent.Centre;
        var (perLon, perLat) = EllipsoidArea.MetersPerDegree(centre.Y);
        _stretch = AffineTransformation.TranslationInstance(-centre.X, -centre.Y).Scale(perLon, perLat);
        _back = AffineTransformation.ScaleInstance(1 / perLon, 1 / perLat).Translate(centre.X, centre.Y);
    }

    public Geometry Of(Geometry degrees) => _stretch.Transform(degrees);

    public Coordinate Degrees(Coordinate meters) => _back.Transform(meters, new Coordinate());

    /// <summary>Twice the area over the perimeter: the width of a long strip.</summary>
    public static double Width(Geometry area) => area.Length == 0 ? 0 : 2 * area.Area / area.Length;
}
