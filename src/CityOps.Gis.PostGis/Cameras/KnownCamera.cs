using CityOps.Gis.Cameras;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>A camera that a sender may send for, with what is known of where it looks.</summary>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="Direction">Degrees clockwise from true north; a camera that turns is sent with another.</param>
/// <param name="Tilt">Degrees below the horizon.</param>
public sealed record KnownCamera(long Fid, double Longitude, double Latitude, double? Direction, double? Opening, double? RangeMeters, double? HeightMeters, double? Tilt)
{
    public CameraView? View => Direction is { } direction && Opening is > 0 and { } opening && RangeMeters is { } range ? new(Longitude, Latitude, direction, Math.Min(opening, 360), range) : null;

    public CameraMount? Mount => HeightMeters is > 0 and { } height && Tilt is { } tilt ? new CameraMount(height, tilt) : null;
}
