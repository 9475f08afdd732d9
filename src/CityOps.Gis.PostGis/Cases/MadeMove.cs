using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>A move that a case has made: a row of <c>cases.move</c>.</summary>
/// <param name="Number">1, 2, … within the case.</param>
/// <param name="Move">Id in <see cref="CaseMoves.All"/>, or of a move that an earlier version of the product knew.</param>
/// <param name="From">Null for the report that began the case.</param>
/// <param name="Who">The name at that time.</param>
/// <param name="Department">Code of who handles it from here on.</param>
/// <param name="DelayMinutes">Asked for or granted, in working minutes.</param>
/// <param name="Request">What waits for an answer afterwards.</param>
public sealed record MadeMove(
    int Number, DateTimeOffset At, string Move, CaseStage? From, CaseStage To, string? WhoId, string Who, string? Note, string? Department, int? DelayMinutes, CaseRequest? Request,
    CaseDeadlines Deadlines, IReadOnlyList<CasePhoto> Photos)
{
    public CaseStep Step => new(At, From, To, Move == CaseMoves.GrantDelay.Id && DelayMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : default);
}
