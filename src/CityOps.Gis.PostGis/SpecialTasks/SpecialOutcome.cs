using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>What became of what somebody wanted of a special task: its number, or why it was refused.</summary>
public sealed record SpecialOutcome(long? Task, CaseRefusal? Refusal)
{
    public static implicit operator SpecialOutcome(CaseRefusal refusal) => new(null, refusal);
    public static implicit operator SpecialOutcome(long task) => new(task, null);
}
