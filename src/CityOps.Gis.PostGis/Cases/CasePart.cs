using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>What a department is called for at a case that another one leads: a row of <c>cases.part</c> with what happened to it.</summary>
/// <param name="Number">1, 2, … within the case.</param>
/// <param name="Department">Code of the department that is called.</param>
/// <param name="Asked">What it shall do.</param>
/// <param name="Who">Who called; the name at that time.</param>
/// <param name="IsMine">The caller of the flow may take the steps of the called department.</param>
/// <param name="Steps">In order.</param>
public sealed record CasePart(
    long Fid, int Number, string Department, string Asked, DateTimeOffset AskedAt, DateTimeOffset Deadline, DateTimeOffset Warning, string? WhoId, string Who, PartState State, bool IsMine,
    IReadOnlyList<TakenStep> Steps)
{
    /// <summary>How an open part stands to its deadline; none once it is over.</summary>
    public CaseUrgency Urgency(DateTimeOffset now) => State.IsOpen() ? CaseClock.Urgency(Warning, Deadline, now) : CaseUrgency.None;
}
