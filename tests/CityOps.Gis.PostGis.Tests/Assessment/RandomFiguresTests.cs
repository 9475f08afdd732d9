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

    [Fact]
    public async Task Figures_of_any_level_and_period_are_those_of_independent_sums()
    {
        await database.Run(SmallCity.Sql + Random);
        var assessments = new Assessments(database.Source, AssessmentCity.Zone);
        foreach (var text in new[] { "2026-01", "2026-04", "2026-08", "2026-Q1", "2026-Q3", "2026" })
            foreach (var kind in new[] { AssessedKind.Grid, AssessedKind.Community, AssessedKind.Subdistrict, AssessedKind.District, AssessedKind.Department })
            {
                var (_, ratings, _) = await assessments.Of(new(kind, AssessmentCity.Period(text)));
                Assert.Equal(await database.Rows(AssessmentOracle.Sums(kind, AssessmentCity.Period(text), AssessmentCity.Zone)), ratings.Select(one => one.Code + "|" + string.Join('|', one.Figures.Select(figure => $"{figure.Counted}|{figure.Of}"))));
                Assert.NotEmpty(ratings);
            }
    }
}
