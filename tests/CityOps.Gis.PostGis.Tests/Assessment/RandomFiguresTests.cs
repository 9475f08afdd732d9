using System.Globalization;
using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Assessment;

/// <summary>Figures of thousands of random cases, against sums that are written otherwise: as of the end of the period, by conditions on the cases.</summary>
public sealed class RandomFiguresTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    const string Random = """
        select setseed(0.20261126);
        insert into gis.cases (case_number, class_table, class_code, case_source, status, department, occurred_at, filed_at, dispatched_at, handled_at, closed_at, deadline, geom)
        select 'R' || n, 'gbt47678.5-2026', (array['06010', '09005', '01002', '07001'])[1 + (random() * 3)::int], (array['collector', 'hotline'])[1 + (random() * 1)::int],
            case when random() < 0.05 then 'void' when closed is not null then 'close' when handled is not null then 'feedback' when dispatched is not null then 'handle' else 'file' end,
            (array['1', '11', null])[1 + (random() * 2)::int], filed, filed, dispatched, handled, closed, dispatched + random() * interval '20 days', ST_SetSRID(ST_MakePoint(118.0001 + random() * 0.0198, 24.4001 + random() * 0.0098), 4490)
        from (select *, case when random() < 0.8 then handled + random() * interval '15 days' end as closed
            from (select *, case when random() < 0.8 then dispatched + random() * interval '30 days' end as handled
                from (select n, filed, case when random() < 0.9 then filed + random() * interval '2 days' end as dispatched
                    from (select n, timestamptz '2026-01-01' + random() * interval '250 days' as filed from generate_series(1, 4000) n) a) b) c) d;
        """;

    // Object; then counted and of, by indicator.
    const string GridSums = """
        select {0}, count(*) filter (where is_filed and case_source = 'hotline'), count(*) filter (where is_filed), count(*) filter (where is_filed), count(*) filter (where is_filed),
            count(*) filter (where is_closed), count(*) filter (where is_closed or is_late_open), count(*) filter (where is_closed and (deadline is null or coalesce(handled_at, closed_at) <= deadline)),
            count(*) filter (where is_closed or is_late_open)
        from (select *, filed_at >= '{1}' and filed_at < '{2}' as is_filed, coalesce(closed_at >= '{1}' and closed_at < '{2}', false) as is_closed,
            coalesce(deadline >= '{1}' and deadline < '{2}' and not coalesce(closed_at < '{2}', false), false) as is_late_open from gis.cases where status <> 'void') one
        where (is_filed or is_closed or is_late_open) and {0} is not null group by 1 order by 1
        """;

    const string DepartmentSums = """
        select department_code, count(*) filter (where is_filed), count(*) filter (where is_filed), count(*) filter (where is_closed), count(*) filter (where is_closed or is_late_open),
            count(*) filter (where is_handled and (deadline is null or handled_at <= deadline)), count(*) filter (where is_handled or is_late_unhandled), 0, count(*) filter (where is_closed or is_late_open)
        from (select *, filed_at >= '{1}' and filed_at < '{2}' as is_filed, coalesce(closed_at >= '{1}' and closed_at < '{2}', false) as is_closed,
            coalesce(deadline >= '{1}' and deadline < '{2}' and not coalesce(closed_at < '{2}', false), false) as is_late_open,
            dispatched_at is not null and coalesce(handled_at >= '{1}' and handled_at < '{2}', false) as is_handled,
            dispatched_at is not null and coalesce(deadline >= '{1}' and deadline < '{2}' and not coalesce(handled_at < '{2}', false), false) as is_late_unhandled from gis.cases where status <> 'void') one
        where (is_filed or is_closed or is_late_open or is_handled or is_late_unhandled) and department_code is not null group by 1 order by 1
        """;

    [Fact]
    public async Task Figures_of_any_level_and_period_are_those_of_independent_sums()
    {
        await database.Run(SmallCity.Sql + Random);
        var assessments = new Assessments(database.Source, AssessmentCity.Zone);
        foreach (var text in new[] { "2026-01", "2026-04", "2026-08", "2026-Q1", "2026-Q3", "2026" })
            foreach (var (kind, sums) in new[]
            {
                (AssessedKind.Grid, Filled(GridSums, "grid_code", text)), (AssessedKind.Community, Filled(GridSums, "left(grid_code, 12)", text)), (AssessedKind.Subdistrict, Filled(GridSums, "left(grid_code, 9)", text)),
                (AssessedKind.District, Filled(GridSums, "left(grid_code, 6)", text)), (AssessedKind.Department, Filled(DepartmentSums, "", text)),
            })
            {
                var (_, ratings, _) = await assessments.Of(new(kind, AssessmentCity.Period(text)));
                Assert.Equal(await database.Rows(sums), ratings.Select(one => one.Code + "|" + string.Join('|', one.Figures.Select(figure => $"{figure.Counted}|{figure.Of}"))));
                Assert.NotEmpty(ratings);
            }
    }

    static string Filled(string sums, string column, string period)
    {
        var (from, to) = AssessmentCity.Period(period).In(AssessmentCity.Zone);
        return string.Format(CultureInfo.InvariantCulture, sums, column, from.ToString("O", CultureInfo.InvariantCulture), to.ToString("O", CultureInfo.InvariantCulture));
    }
}
