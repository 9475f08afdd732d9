using System.Diagnostics.CodeAnalysis;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>What became of a call or a step: the part as it stands then, or why it was refused.</summary>
public sealed record PartOutcome(CasePart? Part, CaseRefusal? Refusal)
{
    [MemberNotNullWhen(true, nameof(Part))]
    public bool IsDone => Part is not null;

    public static implicit operator PartOutcome(CaseRefusal refusal) => new(null, refusal);
    public static implicit operator PartOutcome(CasePart part) => new(part, null);
}
