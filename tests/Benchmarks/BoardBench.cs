using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// The board, the tasks and the assessment over a year of Xiamen's cases: 1,170,000, of which 20,000 are open, with the seven moves that led 900 collectors, 40 operators, 12 shift leaders and 20
/// dispatchers to close the others. Callers of the whole city, of a district and of a department, one after the other on
/// one connection each, warm; then what the database makes of a page, so that a plan that reads all cases is seen.
/// </summary>
static class BoardBench
{
    const int Cases = 1_170_000, Open = 20_000, Rounds = 30, Days = 365;
    const string Name = "board_1m", IsOpen = "status in ('collect', 'file', 'dispatch', 'handle', 'feedback', 'hang-up')", Due = "case when status = 'hang-up' then null else coalesce(stage_deadline, deadline) end";
    static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    // Codes as in the code list, with how often they come.
    const string Fill = """
        insert into gis.cases (geom, grid_code, community_code, subdistrict_code, district_code, department_code, case_number, title, class_code, class_table, status, case_source, occurred_at, filed_at, dispatched_at,
            handled_at, closed_at, deadline, stage_deadline, stage_warning)
        select geom, grid_code, community_code, subdistrict_code, district_code, 'D' || to_char(1 + n % 37, 'FM00'), 'N' || n, 'case ' || n, (array['06010', '06012', '01002', '01023', '07001', '09005', '09011', '06001'])[1 + n % 8],
            'gbt47678.5-2026', case when n > {0} then (array['collect', 'file', 'dispatch', 'handle', 'handle', 'handle', 'feedback', 'hang-up'])[1 + n % 8] when n % 40 = 0 then 'void' when n % 3 = 0 then 'close' else 'evaluate' end,
            case when n % 5 = 0 then 'hotline' else 'collector' end, at, at + interval '20 minutes', at + interval '1 hour', case when n <= {0} then at + interval '6 hours' end,
            case when n <= {0} then at + interval '8 hours' end, at + (4 + n % 9) * interval '1 hour', case when n > {0} and n % 8 not in (7) then now() + (n % 97 - 30) * interval '10 minutes' end,
            case when n > {0} and n % 8 not in (7) then now() + (n % 97 - 50) * interval '10 minutes' end
        from (select *, row_number() over () as n from (select geom, grid_code, community_code, subdistrict_code, district_code from gis.components union all (select geom, grid_code, community_code, subdistrict_code, district_code from gis.components limit {1})) one) place
        cross join lateral (select now() - interval '1 day' * {2} * ({3} - n) / {3} - interval '2 hours' as at) time
        where n <= {3}
        """;

    // Who made the moves of the closed cases, a tenth of them late.
    const string Moves = """
        insert into cases.move (fid, number, move, from_stage, to_stage, at, who_id, who, stage_deadline)
        select fid, number, move, from_stage, to_stage, occurred_at + minutes * interval '1 minute', who || '-' || fid % people, who || '-' || fid % people, occurred_at + (minutes + case when fid % 10 = 0 then 5 else 500 end) * interval '1 minute'
        from gis.cases cross join (values (1, 'report', '', 'collect', 0, 'collector', 900), (2, 'file', 'collect', 'file', 20, 'leader', 12), (3, 'dispatch', 'file', 'dispatch', 60, 'dispatcher', 20),
            (4, 'feed-back', 'handle', 'feedback', 360, 'officer', 37), (5, 'ask-inspect', 'feedback', 'feedback', 380, 'operator', 40), (6, 'inspect', 'feedback', 'feedback', 420, 'collector', 900),
            (7, 'close', 'feedback', 'close', 480, 'leader', 12)) made(number, move, from_stage, to_stage, minutes, who, people)
        where status in ('close', 'evaluate')
        """;

    public static async Task<int> Run()
    {
        using var database = new BenchDatabase();
        var connection = await City(database);
        await using var source = Connections.Open(connection);
        Say($"{BenchDatabase.Value<long>(connection, "select count(*) from gis.cases"):N0} cases, {BenchDatabase.Value<long>(connection, $"select count(*) from gis.cases where {IsOpen}"):N0} open");
        var district = BenchDatabase.Value<string>(connection, "select district_code from gis.cases group by 1 order by count(*) desc limit 1")!;
        var (page, counts) = (0.0, 0.0);
        foreach (var (who, role, scope) in new (string, Role, JurisdictionScope?)[]
        {
            ("dispatcher of the city", Role.Dispatcher, null), ("dispatcher of a district", Role.Dispatcher, new() { Districts = [district] }), ("officer of a department", Role.DepartmentOfficer, new() { Departments = ["D04"] }),
        })
        {
            using var _ = new Caller(who, who, role.Permissions, scope) { Roles = [role.Id] }.Enter();
            var (board, tasks) = (new CaseBoard(source, BenchDatabase.Catalog), new CaseTasks(source, BenchDatabase.Catalog));
            page = Math.Max(page, await Time(who, "a page", () => board.Page(new(), 0, DateTimeOffset.UtcNow)));
            await Time(who, "page 200", () => board.Page(new(), 200, DateTimeOffset.UtcNow));
            page = Math.Max(page, await Time(who, "a page of one class, overdue", () => board.Page(new(Class: "06012", Urgency: CaseUrgency.Overdue), 0, DateTimeOffset.UtcNow)));
            counts = Math.Max(counts, await Time(who, "counts", () => board.Counts(new(), DateTimeOffset.UtcNow)));
            await Time(who, "2,000 places", () => board.Places(new(), DateTimeOffset.UtcNow));
            await Time(who, "tasks", () => tasks.Of());
        }
        var rating = 0.0;
        using (new Caller("analyst", "analyst", Role.Analyst.Permissions, null) { Roles = [Role.Analyst.Id] }.Enter())
            foreach (var kind in new[] { AssessedKind.Grid, AssessedKind.District, AssessedKind.Department })
                foreach (var aspect in new Aspect?[] { null, Aspect.Clean })
                    rating = Math.Max(rating, await Time("analyst", $"last month by {kind}{(aspect is null ? "" : ", one aspect")}", () => new Assessments(source, s_zone).Of(new(kind, LastMonth()) { Aspect = aspect }), 3));
        var people = 0.0;
        using (new Caller("analyst", "analyst", Role.Analyst.Permissions, null) { Roles = [Role.Analyst.Id] }.Enter())
            foreach (var kind in new[] { AssessedKind.Collector, AssessedKind.Operator, AssessedKind.ShiftLeader, AssessedKind.Dispatcher })
                people = Math.Max(people, await Time("analyst", $"last month by {kind}", () => new Assessments(source, s_zone).Of(new(kind, LastMonth())), 3));
        await Explain(connection);
        Say($"ratio board-page-p99-ms {page:0} goal 100 better lower");
        Say($"ratio board-counts-p99-ms {counts:0} goal 200 better lower");
        Say($"ratio assessment-month-ms {rating:0} goal 3000 better lower");
        Say($"ratio assessment-month-people-ms {people:0} goal 3000 better lower");
        return 0;
    }

    static AssessmentPeriod LastMonth() => AssessmentPeriod.MonthOf(DateOnly.FromDateTime(DateTime.UtcNow.AddMonths(-1)));

    // Made once from the sample city, and kept.
    static async Task<string> City(BenchDatabase database)
    {
        var of = await BenchCity.Database(database, BenchCity.Small);
        var connection = new NpgsqlConnectionStringBuilder(of) { Database = Name }.ConnectionString;
        if (BenchDatabase.Value<bool>(database.Of("postgres"), $"select exists (select from pg_database where datname = '{Name}')") && BenchDatabase.Value<bool>(connection, "select to_regclass('rival.board_moves') is not null"))
        {
            await database.Prepare(Name);
            return connection;
        }
        NpgsqlConnection.ClearAllPools();
        database.Make(Name, new NpgsqlConnectionStringBuilder(of).Database);
        await database.Prepare(Name);
        // As a delivery is loaded: the columns that triggers fill are filled here.
        BenchDatabase.Run(connection, "set session_replication_role = replica; " + string.Format(CultureInfo.InvariantCulture, Fill, Cases - Open, Cases / 2, Days, Cases));
        BenchDatabase.Run(connection, $$"""
            set session_replication_role = replica;
            insert into gis.departments (code, name) select 'D' || to_char(n, 'FM00'), 'department ' || n from generate_series(1, 37) n on conflict do nothing;
            insert into cases.move (fid, number, move, from_stage, to_stage, at, who) select fid, 1, 'take-over', '', status, occurred_at, 'delivery' from gis.cases where {{IsOpen}};
            {{Moves}};
            select cityops.touch_layer('cases');
            """);
        BenchDatabase.Run(connection, "vacuum (analyze) gis.cases");
        BenchDatabase.Run(connection, "vacuum (analyze) cases.move");
        BenchDatabase.Run(connection, "create table rival.board_moves ()");
        return connection;
    }

    /// <returns>p99, milliseconds; of few rounds the worst.</returns>
    static async Task<double> Time(string who, string what, Func<Task> ask, int rounds = Rounds)
    {
        await ask();
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await ask();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        times.Sort();
        Say($"  {who}, {what}: p50 {times[times.Count / 2]:0.0}, p99 {times[^1]:0.0} ms");
        return times[^1];
    }

    static async Task Explain(string connection)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand($"explain (analyze, buffers, costs off, timing off) select fid from gis.cases where {IsOpen} order by {Due} nulls last, fid limit {CaseBoard.PageSize}", open);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            Say($"    {reader.GetString(0)}");
    }

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
