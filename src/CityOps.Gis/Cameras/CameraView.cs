using CityOps.Gis.Crs;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Cameras;

/// <summary>What a camera sees: the sector (视场) of a circle about it. Walls and trees are not known, so it is what it could see.</summary>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="Latitude">Degrees (EPSG:4490).</param>
/// <param name="Direction">Of its middle, degrees clockwise from true north.</param>
/// <param name="Opening">Degrees, at most 360.</param>
/// <param name="RangeMeters">At most <see cref="FarthestMeters"/>.</param>
public sealed record CameraView(double Longitude, double Latitude, double Direction, double Opening, double RangeMeters)
{
    /// <summary>What is stated to see farther is taken to see so far.</summary>
    public const double FarthestMeters = 5_000;

    // A chord of three degrees keeps within 0.04 % of the range: 5 cm of 150 m.
    const double CornerDegrees = 3;

    /// <summary>By the fields that the layer's style names (<see cref="LayerStyle.Sector"/>); null where one of them is missing, or nothing is seen.</summary>
    public static CameraView? Of(LayerDefinition layer, Feature feature)
        => layer.Style.Sector is { } fields && feature.Geometry is Point { IsEmpty: false } place
            && feature.Values.GetValueOrDefault(fields.Direction) is double direction && feature.Values.GetValueOrDefault(fields.Angle) is double opening and > 0
            && feature.Values.GetValueOrDefault(fields.Range) is double range and > 0 && double.IsFinite(direction + opening)
            ? new(place.X, place.Y, direction, Math.Min(opening, 360), Math.Min(range, FarthestMeters))
            : null;

    /// <summary>The sector as a polygon in degrees (EPSG:4490), made in the plane of the city's projected system.</summary>
    /// <param name="zone">Null = the 3° zone in which the camera stands.</param>
    public Polygon Sector(CrsDefinition? zone = null)
    {
        var plane = new LocalPlane(Longitude, Latitude, zone);
        var steps = Math.Max(1, (int)Math.Ceiling(Opening / CornerDegrees));
        var corners = new List<Coordinate>();
        if (Opening < 360)
            corners.Add(new(Longitude, Latitude));
        for (var step = 0; step < (Opening < 360 ? steps + 1 : steps); step++)
        {
            var (longitude, latitude) = plane.At(Direction + Opening * ((double)step / steps - 0.5), RangeMeters);
            corners.Add(new(longitude, latitude));
        }
        corners.Add(corners[0].Copy());
        return new(new LinearRing([.. corners])) { SRID = 4490 };
    }
}
