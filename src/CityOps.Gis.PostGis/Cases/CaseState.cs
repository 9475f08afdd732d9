using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>How a case stands.</summary>
/// <param name="Number">The case number (案件编号).</param>
/// <param name="Department">Code of the department it falls to, as stamped.</param>
/// <param name="AreaType">Management level of its unit grid.</param>
/// <param name="Moves">How many it has made: the number of the last one. Who moves it says which he has seen.</param>
public sealed record CaseState(
    long Fid, string Number, string? Title, CaseStage Stage, CaseRequest? Request, string? ClassCode, string? Department, string? AreaType, DateTimeOffset? OccurredAt,
    CaseDeadlines Deadlines, int Moves)
{
    public CaseUrgency Urgency(DateTimeOffset now) => CaseClock.Urgency(Deadlines.StageWarning, Deadlines.Stage, now);
}
