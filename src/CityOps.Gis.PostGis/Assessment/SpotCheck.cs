using CityOps.Gis.Assessment;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>A check on the spot that gave or took points.</summary>
/// <param name="Aspect">Null: of none.</param>
/// <param name="IsWithdrawn">An appeal was accepted: it counts nothing.</param>
/// <param name="Appeal">The last one against it.</param>
public sealed record SpotCheck(
    long Fid, string Number, string Finding, Aspect? Aspect, double Points, DateTimeOffset? At, string? Grid, string? Department, bool IsWithdrawn, (long Id, AppealState State)? Appeal, IReadOnlyList<Guid> Photos);
