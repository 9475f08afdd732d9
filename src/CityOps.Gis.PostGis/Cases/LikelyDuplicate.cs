using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>An open case that may be about the same thing as what somebody is about to report.</summary>
/// <param name="Meters">How far away.</param>
/// <param name="IsAtComponent">It is about the same component.</param>
public sealed record LikelyDuplicate(long Fid, string Number, string? Title, CaseStage Stage, DateTimeOffset? OccurredAt, double Meters, bool IsAtComponent);
