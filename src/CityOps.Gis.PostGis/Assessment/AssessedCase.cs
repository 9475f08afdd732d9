using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>A case behind a figure.</summary>
/// <param name="At">When it was counted.</param>
/// <param name="Counts">For the numerator; false: for the denominator alone.</param>
/// <param name="Object">The unit grid, the department or the person for whom it counts.</param>
/// <param name="Appeal">The last one against it.</param>
public sealed record AssessedCase(long Fid, string Number, string? Title, CaseStage? Stage, DateTimeOffset At, bool Counts, string Object, long? Appeal);
