using CityOps.Gis.Cameras;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>A camera as it stands now.</summary>
/// <param name="State">Code of the list <c>camera-states</c>.</param>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="Latitude">Degrees (EPSG:4490).</param>
/// <param name="View">Null where it is not known where it looks.</param>
/// <param name="Mount">Null where it is not known how it hangs.</param>
/// <param name="Stream">Address of its stream; null where there is none, or the caller may not watch cameras.</param>
/// <param name="Pictured">When its last picture was taken; null where there is none, or the caller may not watch cameras.</param>
public sealed record CameraNow(
    long Fid, string CameraId, string? Name, string? State, double Longitude, double Latitude, CameraView? View, CameraMount? Mount, string? Department, string? Stream, DateTimeOffset? Pictured, string? Grid)
{
    public string Title => string.IsNullOrWhiteSpace(Name) ? CameraId : Name;

    /// <summary>Can a browser play the stream? HLS over HTTP (RFC 8216).</summary>
    public bool IsPlayable => Uri.TryCreate(Stream, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
