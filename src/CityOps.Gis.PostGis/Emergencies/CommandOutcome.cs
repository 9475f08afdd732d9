using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>What became of what somebody wanted of an emergency: its number, or why it was refused.</summary>
public sealed record CommandOutcome(long? Emergency, CaseRefusal? Refusal)
{
    public static implicit operator CommandOutcome(CaseRefusal refusal) => new(null, refusal);
    public static implicit operator CommandOutcome(long emergency) => new(emergency, null);
}
