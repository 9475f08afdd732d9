using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cases;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Cases;

/// <summary>Working hours and lists of days as administrators set them, and what becomes of deadlines.</summary>
public sealed class CalendarTests(CaseCity city) : IClassFixture<CaseCity>
{
    static readonly Caller Administrator = CaseCity.Of(Role.Administrator, null), OfOneDistrict = CaseCity.Of(Role.Administrator, new() { Districts = ["350203"] });

    CaseRules Rules => new(city.Source);

    [Fact]
    public async Task A_deadline_that_runs_stays_until_the_next_move_which_counts_by_the_new_hours()
    {
        var reported = await city.Reported();
        var before = await city.Database.Value<DateTime>($"select stage_deadline from gis.cases where fid = {reported.Fid}");
        using (Administrator.Enter())
        {
            await Rules.Set(Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new WorkingSpan[] { new(TimeSpan.Zero, TimeSpan.FromDays(1)) }));
            Assert.Equal("00:00-24:00", string.Join(' ', (await Rules.Hours())[DayOfWeek.Sunday]));
            Assert.True(await Rules.Running() >= 1);
        }
        Assert.Equal(before, await city.Database.Value<DateTime>($"select stage_deadline from gis.cases where fid = {reported.Fid}"));

        Assert.True((await city.Move(CaseCity.Leader, reported.Fid, "file")).IsDone);
        Assert.Equal(30, await city.Database.Value<double>($"select extract(epoch from stage_deadline - at)::float8 / 60 from cases.move where fid = {reported.Fid} order by number desc limit 1"), 3);
    }

    [Fact]
    public async Task A_list_is_one_change_in_the_audit_log_and_the_same_list_again_is_none()
    {
        var list = HolidayList.Parse("2035-01-01,free,元旦\n2035-01-06,worked,补班").Days;
        using (Administrator.Enter())
        {
            Assert.Equal(2, await Rules.Set(list));
            Assert.Equal(0, await Rules.Set(list));
            Assert.Equal(1, await Rules.Set([list[0], list[1] with { Name = "元旦补班" }]));
        }
        Assert.Equal(["2035-01-01 – 2035-01-06", "2035-01-06 – 2035-01-06"], await city.Database.Rows("select subject from cityops.audit_entry where kind = 'case-rules-changed' and subject like '2035%' order by id"));
    }

    [Fact]
    public async Task Nobody_but_an_administrator_of_the_whole_city_sets_them()
    {
        foreach (var caller in new[] { CaseCity.Leader, OfOneDistrict })
            using (caller.Enter())
            {
                await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Rules.Set(HolidayList.Parse("2036-01-01,free,元旦").Days));
                await using var command = new CallerDatabase(city.Source).CreateCommand("delete from cases.working_hours");
                Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
            }
    }

    [Theory]
    [InlineData("delete from cases.working_hours where weekday = 1", "ck_working_hours_monday")]
    [InlineData("insert into cases.working_hours values (1, '00:00', '24:00') on conflict (weekday, from_time) do update set to_time = '24:00'; insert into cases.working_hours values (1, '11:00', '13:00')", "ck_working_hours_overlap")]
    public async Task A_week_without_a_Monday_or_with_hours_that_overlap_is_refused_by_the_database(string sql, string constraint)
        => Assert.Equal(constraint, (await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run(sql))).ConstraintName);

    [Fact]
    public async Task A_week_without_a_Monday_is_refused_before_it_is_written()
    {
        using var _ = Administrator.Enter();
        await Assert.ThrowsAsync<ArgumentException>(() => Rules.Set(new Dictionary<DayOfWeek, WorkingSpan[]> { [DayOfWeek.Tuesday] = WorkingSpan.ParseDay("8:00-12:00")! }));
    }
}
