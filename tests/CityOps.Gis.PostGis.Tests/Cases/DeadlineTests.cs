using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Cases.CaseCity;

namespace CityOps.Gis.Tests.PostGis.Cases;

/// <summary>Deadlines of random lives of cases, over nights, weekends, the Spring Festival and National Day, hang-ups and delays, against those that SQL works out by itself.</summary>
public sealed class DeadlineTests(CaseCity city) : IClassFixture<CaseCity>
{
    const int Seed = 20260215, Lives = 80;
    static readonly string[] Classes = ["06010", "06012", "06001", "01002", "09005", "0101"];
    static readonly DateTimeOffset First = new(2026, 1, 20, 0, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task Administrators_alone_set_holidays_and_limits_and_each_change_is_in_the_audit_log()
    {
        var rules = new CaseRules(city.Source);
        var administrator = CaseCity.Of(Role.Administrator, null);
        using (administrator.Enter())
        {
            await rules.Set(new Holiday(new(2031, 1, 1), false, "元旦"));
            await rules.Set(new Holiday(new(2031, 1, 1), true, "调休"));
            await rules.Set(new TimeLimit("03", "7", CaseStage.Handle, 5, TimeUnit.Hour));
            Assert.Equal([new Holiday(new(2031, 1, 1), true, "调休")], await rules.Holidays(2031));
            Assert.Contains((new TimeLimit("03", "7", CaseStage.Handle, 5, TimeUnit.Hour), null), await rules.Limits());
            await rules.Drop(new Holiday(new(2031, 1, 1), true, "调休"));
            await rules.Drop(new TimeLimit("03", "7", CaseStage.Handle, 5, TimeUnit.Hour));
            Assert.Empty(await rules.Holidays(2031));
            await Assert.ThrowsAsync<ArgumentException>(() => rules.Drop(new TimeLimit("", null, CaseStage.Handle, 3, TimeUnit.WorkingDay)));
        }
        Assert.Equal(5, await city.Database.Value<long>("select count(*) from cityops.audit_entry where kind = 'case-rules-changed' and (subject like '2031%' or subject like '%03 7')"));
        using (CaseCity.Leader.Enter())
        {
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => rules.Set(new Holiday(new(2031, 1, 1), false, "元旦")));
            await using var command = new CallerDatabase(city.Source).CreateCommand("delete from cases.holiday");
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }
    }

    [Fact]
    public async Task Every_deadline_is_that_of_the_independent_count()
    {
        await city.Database.Run("""
            insert into cases.time_limit values ('0601', '1', 'handle', 45, 'working-minute', 'test'), ('09', '1', 'feedback', 20, 'hour', 'test');
            update gis.unit_grids set management_level = '1' where code in ('350203001001001', '350206001001004')
            """);
        // The calendar as administrators set it: a week with a Saturday and a night, a free day and one that is worked.
        using (CaseCity.Of(Role.Administrator, null).Enter())
        {
            var rules = new CaseRules(city.Source);
            await rules.Set(new Dictionary<DayOfWeek, WorkingSpan[]>(await rules.Hours()) { [DayOfWeek.Saturday] = WorkingSpan.ParseDay("09:00-11:30")!, [DayOfWeek.Friday] = WorkingSpan.ParseDay("08:00-12:00 20:00-24:00")! });
            Assert.Equal(2, await rules.Set(HolidayList.Parse("2026-03-11,free,x\n2026-07-12,worked,y").Days));
        }
        var random = new Random(Seed);
        await using var connection = await city.Source.OpenConnectionAsync();
        var settings = await CaseSettings.Load(connection, Zone);
        for (var life = 0; life < Lives; life++)
            await Live(connection, settings, random, life);

        var (counted, stored) = (await city.Database.Rows(CaseOracle.Deadlines), await city.Database.Rows(CaseOracle.Stored));
        Assert.True(counted.SequenceEqual(stored), $"Seed {Seed}: {string.Join('\n', counted.Zip(stored).Where(pair => pair.First != pair.Second).Take(5))}");
        Assert.Empty(await city.Database.Rows(CaseOracle.Breaches));
        // Lives that never came to these would prove little.
        Assert.Equal(4, await city.Database.Value<long>("select count(distinct move) from cases.move where move in ('end-hang-up', 'grant-delay', 'rework', 'return')"));
    }

    async Task Live(NpgsqlConnection connection, CaseSettings settings, Random random, int life)
    {
        var classCode = Classes[random.Next(Classes.Length)];
        var (x, y) = (118.0005 + random.NextDouble() * 0.019, 24.4005 + random.NextDouble() * 0.009);
        var at = First.AddSeconds(random.Next(280 * 86_400));
        await using var insert = new NpgsqlCommand("""
            insert into gis.cases (case_number, status, class_code, occurred_at, geom) values ($1, 'collect', $2, $3, ST_SetSRID(ST_MakePoint($4, $5), 4490));
            """, connection);
        foreach (var value in new object[] { $"life{life}", classCode, at.ToUniversalTime(), x, y })
            insert.Parameters.Add(new() { Value = value });
        await insert.ExecuteNonQueryAsync();
        var fid = await city.Database.Value<long>($"select fid from gis.cases where case_number = 'life{life}'");
        var area = await city.Database.Value<string>($"select g.management_level from gis.unit_grids g join gis.cases c on g.code = c.grid_code where c.fid = {fid}");
        var steps = new List<CaseStep>();
        CaseStage? stage = null;
        CaseRequest? waiting = null;
        var length = random.Next(2, 22);
        for (var number = 1; number <= length; number++)
        {
            var open = stage is { } now ? CaseMoves.All.Where(one => one.IsPossible(now, waiting) && one.Id is not ("void" or "self-handle" or "evaluate")).ToList() : [CaseMoves.Report];
            if (open.Count == 0)
                break;
            var move = open[random.Next(open.Count)];
            var minutes = move.Needs.HasFlag(CaseNeeds.Delay) ? random.Next(1, 2_000) : 0;
            var to = move.Leads(stage ?? CaseStage.Collect);
            steps.Add(new(at, stage, to, move == CaseMoves.GrantDelay ? TimeSpan.FromMinutes(minutes) : default));
            await Write(connection, fid, number, move, steps[^1], minutes, settings.Clock.Of(steps, classCode, area));
            waiting = move.Opens ?? (move.Answers is null && stage == to ? waiting : null);
            (stage, at) = (to, at.AddSeconds(random.Next(4) switch { 0 => random.Next(600), 1 => random.Next(8 * 3_600), 2 => random.Next(3 * 86_400), _ => random.Next(12 * 86_400) }));
        }
    }

    static async Task Write(NpgsqlConnection connection, long fid, int number, CaseMove move, CaseStep step, int minutes, CaseDeadlines deadlines)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("""
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note, department, delay_minutes, photos, deadline, stage_deadline, stage_warning)
            values ($1, $2, $3, $4, $5, $6, 'x', 'note', '11', nullif($7, 0), $8, $9, $10, $11)
            """, connection);
        foreach (var value in new object?[] { fid, number, step.At.ToUniversalTime(), move.Id, step.From is { } from ? CaseCodes.Of(from) : "", CaseCodes.Of(step.To), minutes, (short)(move.Needs.HasFlag(CaseNeeds.Photo) ? 1 : 0), deadlines.Handling?.ToUniversalTime(), deadlines.Stage?.ToUniversalTime(), deadlines.StageWarning?.ToUniversalTime() })
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz } : new() { Value = value });
        await command.ExecuteNonQueryAsync();
        if (move.Needs.HasFlag(CaseNeeds.Photo))
            await new NpgsqlCommand($"insert into cases.photo values (gen_random_uuid(), {fid}, {number}, 1, 1, 1, '\\xffd8ff', '\\xffd8ff')", connection).ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
