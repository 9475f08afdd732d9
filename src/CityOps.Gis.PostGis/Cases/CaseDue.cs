using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>When open cases are due, as SQL that the indexes <c>cases_open</c> and <c>cases_due</c> know.</summary>
static class CaseDue
{
    /// <summary>The case is neither closed nor void.</summary>
    public const string Open = "status in ('collect', 'file', 'dispatch', 'handle', 'feedback', 'hang-up')";

    /// <summary>A case that was delivered has only the deadline it came with, until it moves here; one that is hung up waits for nothing.</summary>
    public const string At = "case when status = 'hang-up' then null else coalesce(stage_deadline, deadline) end";

    /// <summary>The code of a <see cref="CaseUrgency"/>, as <see cref="CaseClock.Urgency"/> has it.</summary>
    /// <param name="now">Reference of a parameter: the moment it is looked at.</param>
    public static string Urgency(string now)
        => $"case when {At} is null then 'none' when {At} < {now} then 'overdue' when stage_warning <= {now} then 'warning' else 'in-time' end";

    /// <summary>The condition that a case is of an urgency.</summary>
    public static string Is(CaseUrgency urgency, string now) => urgency switch
    {
        CaseUrgency.None => $"{At} is null",
        CaseUrgency.Overdue => $"{At} < {now}",
        CaseUrgency.Warning => $"{At} >= {now} and stage_warning <= {now}",
        _ => $"{At} >= {now} and (stage_warning > {now}) is not false",
    };
}
