using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>An open case as a map draws it.</summary>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
public sealed record BoardPlace(long Fid, string? Title, CaseUrgency Urgency, double Longitude, double Latitude);
