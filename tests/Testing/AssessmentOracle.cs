using System.Globalization;
using CityOps.Gis.Assessment;

namespace CityOps.Gis.Testing;

/// <summary>Figures of areas and departments for a period, by sums that are written otherwise than the product's views: as of the end of the period or of now, by conditions on the cases.</summary>
public static class AssessmentOracle
{
    // Object; then counted and of, by indicator.
    const string Areas = """
        select {0}, count(*) filter (where is_filed and case_source = 'hotline'), count(*) filter (where is_filed), count(*) filter (where is_filed), count(*) filter (where is_filed),
            count(*) filter (where is_closed), count(*) filter (where is_closed or is_late_open), count(*) filter (where is_closed and (deadline is null or coalesce(handled_at, closed_at) <= deadline)),
            count(*) filter (where is_closed or is_late_open)
        from (select *, filed_at >= '{1}' and filed_at < {2} as is_filed, coalesce(closed_at >= '{1}' and closed_at < {2}, false) as is_closed,
            coalesce(deadline >= '{1}' and deadline < {2} and not coalesce(closed_at < {2}, false), false) as is_late_open from gis.cases where status <> 'void') one
        where (is_filed or is_closed or is_late_open) and {0} is not null group by 1 order by 1
        """;

    const string Departments = """
        select department_code, count(*) filter (where is_filed), count(*) filter (where is_filed), count(*) filter (where is_closed), count(*) filter (where is_closed or is_late_open),
            count(*) filter (where is_handled and (deadline is null or handled_at <= deadline)), count(*) filter (where is_handled or is_late_unhandled), {0}, count(*) filter (where is_closed or is_late_open)
        from (select *, filed_at >= '{1}' and filed_at < {2} as is_filed, coalesce(closed_at >= '{1}' and closed_at < {2}, false) as is_closed,
            coalesce(deadline >= '{1}' and deadline < {2} and not coalesce(closed_at < {2}, false), false) as is_late_open,
            dispatched_at is not null and coalesce(handled_at >= '{1}' and handled_at < {2}, false) as is_handled,
            dispatched_at is not null and coalesce(deadline >= '{1}' and deadline < {2} and not coalesce(handled_at < {2}, false), false) as is_late_unhandled,
            exists (select from cases.move m where m.fid = c.fid and m.move = 'rework') as is_reworked from gis.cases c where status <> 'void') one
        where (is_filed or is_closed or is_late_open or is_handled or is_late_unhandled) and department_code is not null group by 1 order by 1
        """;

    const string Reworked = "count(*) filter (where (is_closed or is_late_open) and is_reworked)";

    /// <summary>The statement whose rows are code, and counted and of by indicator in the indicators' order.</summary>
    /// <param name="zone">Whose days begin and end the period.</param>
    public static string Sums(AssessedKind kind, AssessmentPeriod period, TimeZoneInfo zone)
    {
        var (from, to) = period.In(zone);
        var (sums, column) = kind switch
        {
            AssessedKind.Grid => (Areas, "grid_code"),
            AssessedKind.Community => (Areas, "left(grid_code, 12)"),
            AssessedKind.Subdistrict => (Areas, "left(grid_code, 9)"),
            AssessedKind.District => (Areas, "left(grid_code, 6)"),
            AssessedKind.Department => (Departments, Reworked),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are sums of areas and departments only."),
        };
        return string.Format(CultureInfo.InvariantCulture, sums, column, from.ToString("O", CultureInfo.InvariantCulture), $"least(timestamptz '{to.ToString("O", CultureInfo.InvariantCulture)}', now())");
    }
}
