using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Assessment.AssessmentCity;

namespace CityOps.Gis.Tests.PostGis.Assessment;

/// <summary>Every indicator against figures that were worked out by hand from the cases of <see cref="AssessmentCity"/>: counted/of=score in the order of the indicators, points, total, grade.</summary>
public sealed class WorksheetTests(AssessmentCity city) : IClassFixture<AssessmentCity>
{
    // Of the grid's four filed cases (A to D) a citizen reported B. Due were A, B and C: A and B are closed, A alone in time. D's time ends in July. −5 and +2 points; what was withdrawn counts nothing.
    [Theory]
    [InlineData(AssessedKind.Grid, "2026-06", Grid, "1/4=75 4/4=75 2/3=66.67 1/3=33.33 -3 52.83 D")]
    // Nothing was filed (F is void), so there is no share of complaints; E was closed, but late.
    [InlineData(AssessedKind.Grid, "2026-06", Beside, "0/0=- 0/0=100 1/1=100 0/1=0 0 55.56 D")]
    [InlineData(AssessedKind.Grid, "2026-06", Eastern, "0/1=100 1/1=90 1/1=100 1/1=100 0 98 A")]
    // As May stood when it ended: E was overdue.
    [InlineData(AssessedKind.Grid, "2026-05", Beside, "0/1=100 1/1=90 0/1=0 0/1=0 0 28 E")]
    // The bands of filed cases are for a unit grid; a larger area goes by its shares: (10 × 75 + 30 × 75 + 40 × 25) / 80 − 3.
    [InlineData(AssessedKind.Community, "2026-06", "350203001001", "1/4=75 4/4=- 3/4=75 1/4=25 -3 47 D")]
    [InlineData(AssessedKind.Subdistrict, "2026-06", "350203001", "1/4=75 4/4=- 3/4=75 1/4=25 -3 47 D")]
    [InlineData(AssessedKind.District, "2026-06", "350206", "0/1=100 1/1=- 1/1=100 1/1=100 0 100 A")]
    // Handled in time: A. Late: B, E. Never: C. G was put right without a dispatch.
    [InlineData(AssessedKind.Department, "2026-06", "11", "5/5=100 4/5=80 1/4=25 0/5=100 0 71.5 C")]
    [InlineData(AssessedKind.Collector, "2026-07", "ann", "1/2=50 0/1=0 1/1=100 0 50 D")]
    [InlineData(AssessedKind.Operator, "2026-07", "op", "1/1=0 1/1=100 1/1=100 0 75 B")]
    [InlineData(AssessedKind.ShiftLeader, "2026-07", "lead", "1/2=50 1/2=50 0/1=0 0 32.5 E")]
    [InlineData(AssessedKind.Dispatcher, "2026-07", "disp", "1/1=0 1/1=100 0/1=0 0 40 D")]
    public async Task A_figure_is_that_of_the_worksheet(AssessedKind kind, string period, string code, string sheet) => Assert.Equal(sheet, (await city.Sheet(kind, period))[code]);

    [Fact]
    public async Task Reworked_cases_of_a_department_are_those_that_were_due()
    {
        // D and P were closed in July, both handled late, and P went back once. P is of no department's class, so it is dispatched to 11.
        Assert.Equal("1/1=100 2/2=100 0/2=0 1/2=50 0 55 D", (await city.Sheet(AssessedKind.Department, "2026-07"))["11"]);
    }

    [Theory]
    [InlineData(Aspect.Clean, "0/3=100 3/3=75 1/2=50 1/2=50 -3 57 D")]
    [InlineData(Aspect.Orderly, "1/1=0 1/1=90 1/1=100 0/1=0 0 48 D")]
    [InlineData(Aspect.Satisfaction, "1/1=0 1/1=90 1/1=100 0/1=0 0 48 D")]
    public async Task An_aspect_has_the_cases_of_its_classes_alone(Aspect aspect, string sheet) => Assert.Equal(sheet, (await city.Sheet(AssessedKind.Grid, "2026-06", aspect))[Grid]);

    [Fact]
    public async Task What_has_nothing_of_an_aspect_is_not_rated_by_it()
    {
        Assert.DoesNotContain(Grid, (await city.Sheet(AssessedKind.Grid, "2026-06", Aspect.Safe)).Keys);
        Assert.DoesNotContain(Grid, (await city.Sheet(AssessedKind.Grid, "2026-06", Aspect.Tidy)).Keys);
    }

    [Fact]
    public async Task A_year_counts_a_case_once_where_its_months_count_how_it_stood()
        => Assert.Equal("1/5=80 5/5=60 4/5=80 1/5=20 0 52 D", (await city.Sheet(AssessedKind.Grid, "2026"))[Grid]);

    [Fact]
    public async Task Behind_every_figure_are_its_cases()
    {
        foreach (var (kind, text) in new[] { (AssessedKind.Grid, "2026-06"), (AssessedKind.District, "2026-06"), (AssessedKind.Department, "2026-07"), (AssessedKind.ShiftLeader, "2026-07"), (AssessedKind.Dispatcher, "2026-07") })
            foreach (var rating in (await city.Assessments.Of(new(kind, Period(text)))).Ratings)
                foreach (var figure in rating.Figures)
                {
                    var cases = await city.Assessments.Cases(new(kind, Period(text)), figure.Indicator, rating.Code);
                    Assert.Equal((figure.Of, figure.Counted), (cases.Count, cases.Count(one => one.Counts)));
                }

        var late = await city.Assessments.Cases(new(AssessedKind.Grid, Period("2026-06")), "grid-closing-on-time", Grid);
        Assert.Equal(["C", "B", "A"], late.OrderBy(one => one.Counts).ThenByDescending(one => one.Number, StringComparer.Ordinal).Select(one => one.Number));
    }

    [Fact]
    public async Task Who_sees_a_part_of_the_city_rates_by_the_cases_of_that_part()
    {
        var east = new Caller("east", "east", Role.GridManager.Permissions, new() { Districts = ["350206"] }) { Roles = [Role.GridManager.Id] };
        Assert.Equal([Eastern], (await city.Sheet(AssessedKind.Grid, "2026-06", caller: east)).Keys);
        Assert.Empty(await city.Sheet(AssessedKind.Grid, "2026-06", caller: Caller.Nobody));
    }

    [Fact]
    public async Task A_closed_period_keeps_its_figures_whatever_happens_afterwards()
    {
        var leader = new Caller("lead", "陈丽", Role.ShiftLeader.Permissions, null) { Roles = [Role.ShiftLeader.Id] };
        var before = await city.Sheet(AssessedKind.Grid, "2026-05");
        using (leader.Enter())
        {
            Assert.True(await city.Periods.Close(Period("2026-05")));
            Assert.False(await city.Periods.Close(Period("2026-05")));
            Assert.False(await city.Periods.Close(Period("2100-01")));
        }
        await city.Database.Run("update gis.cases set geom = ST_SetSRID(ST_MakePoint(118.012, 24.402), 4490) where case_number = 'E'");

        Assert.Equal(before, await city.Sheet(AssessedKind.Grid, "2026-05"));
        Assert.Equal([Period("2026-05")], await city.Periods.All());
        var east = new Caller("east", "east", Role.GridManager.Permissions, new() { Districts = ["350206"] }) { Roles = [Role.GridManager.Id] };
        Assert.Empty(await city.Sheet(AssessedKind.Grid, "2026-05", caller: east));
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run("update assessment.figure set score = 100"))).SqlState);
        using (east.Enter())
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => city.Periods.Close(Period("2026-04")));
        await city.Database.Run("update gis.cases set geom = ST_SetSRID(ST_MakePoint(118.007, 24.402), 4490) where case_number = 'E'");
    }

    [Fact]
    public async Task Every_indicator_has_a_view_and_every_view_of_figures_is_an_indicator()
        => Assert.Equal(
            await city.Database.Rows("select id from assessment.indicator order by id collate \"C\""),
            await city.Database.Rows("select relname::text from pg_class where relnamespace = 'assessment'::regnamespace and relkind = 'v' and relname not in ('due', 'step', 'on_site', 'granted') order by relname::text collate \"C\""));
}
