using System.Diagnostics.CodeAnalysis;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>What became of a report or a move: the case as it stands then, or why it was refused.</summary>
public sealed record CaseOutcome(CaseState? State, CaseRefusal? Refusal)
{
    [MemberNotNullWhen(true, nameof(State))]
    public bool IsDone => State is not null;

    public static implicit operator CaseOutcome(CaseRefusal refusal) => new(null, refusal);
    public static implicit operator CaseOutcome(CaseState state) => new(state, null);
}
