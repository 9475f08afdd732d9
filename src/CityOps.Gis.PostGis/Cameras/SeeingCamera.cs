namespace CityOps.Gis.PostGis.Cameras;

/// <summary>A camera that sees a place.</summary>
/// <param name="Meters">How far it is from it.</param>
/// <param name="Bearing">In which the place lies, degrees clockwise from true north.</param>
public sealed record SeeingCamera(long Fid, string CameraId, string? Name, string? State, double Meters, double Bearing);
