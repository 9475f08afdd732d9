using CityOps.Gis.Assessment;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>Whose ratings are wanted, of when, and over the cases of which aspect.</summary>
/// <param name="Aspect">Null: all cases.</param>
public sealed record AssessmentQuestion(AssessedKind Kind, AssessmentPeriod Period, Aspect? Aspect = null);
