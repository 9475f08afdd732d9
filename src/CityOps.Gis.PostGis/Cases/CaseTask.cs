using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>A case in a list: how it stands, and where.</summary>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
/// <param name="DepartmentName">Of the department it falls to; null where there is none, or it has no name.</param>
public sealed record CaseTask(
    long Fid, string Number, string? Title, CaseStage Stage, CaseRequest? Request, string? Address, string? DepartmentName, DateTimeOffset? OccurredAt, DateTimeOffset? Deadline, DateTimeOffset? Warning,
    double Longitude, double Latitude)
{
    /// <summary>The part that the caller's department is called for, where that is the task: deadline and warning are its own; null where the case itself waits.</summary>
    public TaskPart? Part { get; init; }

    public CaseUrgency Urgency(DateTimeOffset now) => CaseClock.Urgency(Warning, Deadline, now);
}
