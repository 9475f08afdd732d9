using CityOps.Gis.Access;

namespace CityOps.Gis.Cases;

/// <summary>A move that a case can make: one line of the table <see cref="CaseMoves.All"/>.</summary>
/// <param name="Id">As it is stored and stands in addresses and text resources.</param>
/// <param name="From">The stages it starts from; none for the report that begins a case.</param>
/// <param name="To">Where it leads; null where the case stays.</param>
/// <param name="Who">What one must be allowed to. Who handles must also be of the case's department.</param>
public sealed record CaseMove(string Id, IReadOnlyList<CaseStage> From, CaseStage? To, Permission Who, CaseNeeds Needs = CaseNeeds.None)
{
    /// <summary>The request that waits for its answer afterwards; there is one at a time.</summary>
    public CaseRequest? Opens { get; init; }

    /// <summary>The request it answers: without it the move is not possible.</summary>
    public CaseRequest? Answers { get; init; }

    /// <summary>It says that the work is done: not for somebody who did it (four eyes).</summary>
    public bool Verifies { get; init; }

    /// <summary>What the stage, or the request it answers, waits for: who may do it has the case among his tasks.</summary>
    public bool IsDuty { get; init; }

    public CaseStage Leads(CaseStage from) => To ?? from;

    /// <summary>Is it one of the moves that a case can make at a stage, while a request waits or none does?</summary>
    public bool IsPossible(CaseStage at, CaseRequest? waiting)
        => From.Contains(at) && (Answers is null || Answers == waiting) && (Opens is null || waiting is null);
}
