namespace CityOps.Gis.Cases;

/// <summary>How long a stage may take; a line of <c>cases.time_limit</c>.</summary>
/// <param name="ClassPrefix">Beginning of the class codes it is for; empty for all.</param>
/// <param name="AreaType">Management level of the unit grids it is for; null for all.</param>
public sealed record TimeLimit(string ClassPrefix, string? AreaType, CaseStage Stage, int Amount, TimeUnit Unit)
{
    /// <summary>Does it run at night and on holidays too?</summary>
    public bool RunsAlways => Unit == TimeUnit.Hour;

    public TimeSpan Length(WorkingCalendar calendar) => Unit switch
    {
        TimeUnit.WorkingMinute => TimeSpan.FromMinutes(Amount),
        TimeUnit.WorkingDay => calendar.Day * Amount,
        _ => TimeSpan.FromHours(Amount),
    };
}
