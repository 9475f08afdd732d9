using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>What became of an appeal, an answer or a check: its number, or why it was refused.</summary>
public sealed record AssessmentOutcome(long? Id, CaseRefusal? Refusal)
{
    public static implicit operator AssessmentOutcome(CaseRefusal refusal) => new(null, refusal);
    public static implicit operator AssessmentOutcome(long id) => new(id, null);
}
