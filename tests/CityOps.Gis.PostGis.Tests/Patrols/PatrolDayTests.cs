using CityOps.Gis.Access;
using CityOps.Gis.Patrols;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Patrols;

/// <summary>Tracks, attendance and coverage over <see cref="SmallCity"/>, held against counts that go another way. A test has a day of its own.</summary>
public sealed class PatrolDayTests : IClassFixture<PatrolDayTests.City>
{
    const int Seed = 7_0034;
    static readonly TimeZoneInfo s_zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    readonly PostGisDatabase _database;

    public PatrolDayTests(City city) => _database = city.Database;

    Tracks Tracks => new(_database.Source, s_zone);
    PatrolDays Days => new(_database.Source, new SpineTree(_database.Source), s_zone, plane: null);
    PatrolRecords Records => new(_database.Source, s_zone);

    // Cells of 4 m whose middle lies within 30 m of a step, and seconds of a step by the grid that it starts in: without lines, buffers or windows.
    const string Oracle = """
        with point as (
            select at, ST_Transform(geom, 4548) as spot, geom from cityops.track_point where person_id = any($1) and (at at time zone 'Asia/Shanghai')::date = $2 and coalesce(accuracy_m, 0) <= 100
        ), owned as (select p.*, t.person_id from point p join cityops.track_point t on t.at = p.at and t.geom = p.geom and t.person_id = any($1)
        ), step as (
            select one.at, one.geom, one.spot, other.at as next_at, other.spot as next_spot
            from owned one left join owned other on other.person_id = one.person_id and other.at = (select min(later.at) from owned later where later.person_id = one.person_id and later.at > one.at)
                and other.at - one.at <= interval '3 minutes' and ST_Distance(one.spot, other.spot) <= 300
        ), grid as (select code, geom, ST_Transform(geom, 4548) as area from gis.unit_grids where code = $3
        ), cell as (
            select ST_SetSRID(ST_MakePoint(x * 4 + 2, y * 4 + 2), 4548) as middle from grid, generate_series(floor(ST_XMin(area) / 4)::int, floor(ST_XMax(area) / 4)::int) x, generate_series(floor(ST_YMin(area) / 4)::int, floor(ST_YMax(area) / 4)::int) y
        ), inside as (select middle from cell, grid where ST_Contains(area, middle))
        select (select count(*) filter (where exists (select from step where ST_Distance(case when next_spot is null then spot else ST_MakeLine(spot, next_spot) end, middle) <= 30))::float8 / count(*) from inside),
            (select coalesce(sum(extract(epoch from next_at - at)), 0)::float8 / 60 from step, grid where ST_Intersects(grid.geom, step.geom) and next_at is not null)
        """;

    [Fact]
    public async Task Points_that_come_late_out_of_order_and_twice_give_the_figures_of_those_that_come_in_order()
    {
        var (day, way) = (new DateOnly(2026, 3, 2), Walk(new(2026, 3, 2), 118.0005, 24.4075, 60));
        var random = new Random(Seed);
        Assert.Equal(61, await Sent("ordered", way));
        foreach (var batch in way.Concat(way).OrderBy(_ => random.Next()).Chunk(23))
        {
            await Sent("shuffled", batch);
            await Grids(day, "shuffled");
        }
        Assert.Equal(61, await _database.Value<long>("select count(*) from cityops.track_point where person_id = 'shuffled'"));
        Assert.Equal(await Grids(day, "ordered"), await Grids(day, "shuffled"));
        Assert.Equal(way[^1].At.UtcDateTime, await _database.Value<DateTime>("select at from cityops.officer_position where person_id = 'shuffled'"));
    }

    [Fact]
    public async Task Coverage_and_minutes_of_wandering_people_are_those_that_cells_and_single_steps_give()
    {
        var day = new DateOnly(2026, 3, 3);
        string[] people = ["wanderer-1", "wanderer-2"];
        foreach (var (number, person) in people.Index())
            await Sent(person, Wander(day, new(Seed + number)));
        var (together, alone) = (await Grids(day, null), await Grids(day, people[0]));
        foreach (var (who, grids) in new[] { (people, together), ([people[0]], alone) })
            foreach (var grid in grids.Where(one => one.Share > 0))
            {
                var (share, minutes) = await ByCells(who, day, grid.Code);
                Assert.True(Math.Abs(share - grid.Share) < 0.01, $"Seed {Seed}, {string.Join('+', who)} in {grid.Code}: {grid.Share}, by cells {share}");
                Assert.Equal(minutes, grid.Minutes, 6);
            }
        Assert.InRange(together.Count(grid => grid.Share > 0.02), 3, 8);
        Assert.True(together.Sum(grid => grid.Share) > alone.Sum(grid => grid.Share));
    }

    [Fact]
    public async Task A_straight_way_covers_its_length_times_sixty_metres()
    {
        var day = new DateOnly(2026, 3, 4);
        await Sent("straight", Walk(day, 118.0001, 24.4075, 31));
        var grid = Assert.Single(await Grids(day, "straight"), one => one.Share > 0);
        var area = await _database.Value<double>("select ST_Area(ST_Transform(geom, 4548)) from gis.unit_grids where code = '350203001001001'");

        // 31 steps of 14 m, and the half circles at their ends, one of which is cut off by the grid's edge 10 m further.
        Assert.Equal(433, grid.Meters, 5.0);
        Assert.InRange(grid.Share * area, 433 * 60 + 1_200, 433 * 60 + 2_600);
    }

    [Fact]
    public async Task Own_grids_are_those_of_the_scope_and_who_has_none_is_not_said_to_be_absent()
    {
        var day = new DateOnly(2026, 3, 5);
        await Sent("own", Walk(day, 118.0005, 24.4075, 60), new() { Grids = ["350203001001002"] });
        await Sent("department", Walk(day, 118.0005, 24.4075, 60), new() { Departments = ["11"] });
        var people = await As(Supervisor(null), () => Days.People(day));
        var (own, department) = (people.Single(one => one.PersonId == "own"), people.Single(one => one.PersonId == "department"));

        Assert.Null(department.OwnMinutes);
        Assert.Equal((10.0, 1), (own.Minutes, own.OwnGrids));
        Assert.Equal(await _database.Value<DateTime>("select min(at) from cityops.track_point where person_id = 'own' and grid_code = '350203001001002'"), own.OwnFirst!.Value.UtcDateTime);
        Assert.Equal(own.Minutes - (await Grids(day, "own")).Single(grid => grid.Code == "350203001001001").Minutes, own.OwnMinutes!.Value, 6);
    }

    [Fact]
    public async Task Everybody_sees_his_own_and_who_supervises_what_lies_in_his_scope()
    {
        var day = new DateOnly(2026, 3, 6);
        // From the western district into the eastern one.
        await Sent("seen", Walk(day, 118.0070, 24.4075, 60));
        await As(Of("seen", Role.GridManager, new() { Districts = ["350203"] }), () => Records.Put(Guid.NewGuid(), At(day, 0), At(day, 600)));
        async Task<string> Seen(Caller caller) => string.Join(' ', await As(caller, async () => new[]
        {
            (await Days.People(day)).Count, (await Tracks.Of("seen", day)).Count, (await Records.Of("seen", day)).Count, (await new OfficerPositions(_database.Source).Since(At(day, 0))).Count(one => one.PersonId == "seen"),
        }));

        Assert.Equal("1 1 1 1", await Seen(Of("seen", Role.GridManager, new() { Districts = ["350203"] })));
        Assert.Equal("1 1 1 1", await Seen(Supervisor(null)));
        Assert.Equal("1 1 1 1", await Seen(Supervisor(new() { Districts = ["350206"] })));
        Assert.Equal("1 1 1 0", await Seen(Supervisor(new() { Districts = ["350203"] })));
        Assert.Equal("0 0 0 0", await Seen(Supervisor(new() { Communities = ["350299001001"] })));
        Assert.Equal("0 0 0 0", await Seen(Of("colleague", Role.GridManager, new() { Districts = ["350203"] })));
        Assert.Equal("0 0 0 0", await Seen(Of("viewer", Role.Viewer, null)));
        Assert.Equal(4, await _database.Value<long>("select count(*) from cityops.audit_entry where kind = 'track-read' and subject = 'seen'") + 1);
    }

    [Fact]
    public async Task Who_looks_where_others_are_stands_in_the_audit_log_once_in_a_while_and_who_looks_at_himself_does_not()
    {
        var day = new DateOnly(2026, 3, 8);
        await Sent("placed", Walk(day, 118.0005, 24.4075, 60));
        var positions = new OfficerPositions(_database.Source);
        var before = await Entries();
        Task<IReadOnlyList<OfficerPosition>> Look(Caller caller) => As(caller, () => positions.Since(At(day, 0)));

        Assert.Equal(["placed"], (await Look(Of("placed", Role.GridManager, new() { Districts = ["350203"] }))).Select(one => one.PersonId).Distinct());
        Assert.Equal(before, await Entries());
        await Look(Supervisor(null));
        await Look(Supervisor(null));
        Assert.Equal(before + 1, await Entries());

        Task<long> Entries() => _database.Value<long>("select count(*) from cityops.audit_entry where kind = 'positions-read'");
    }

    [Fact]
    public async Task A_statement_that_forgot_who_asks_gets_nothing_and_nobody_writes_a_track_past_the_function()
    {
        var day = new DateOnly(2026, 3, 7);
        await Sent("hidden", Walk(day, 118.0005, 24.4075, 10));
        await Grids(day, "hidden");
        foreach (var table in new[] { "track_point", "officer_position", "grid_visit", "patrol", "patrol_note" })
            Assert.Equal(0L, await As(Supervisor(null), () => Scalar($"select count(*) from cityops.{table}")));
        foreach (var statement in new[]
        {
            "insert into cityops.track_point values ('hidden', now(), ST_SetSRID(ST_MakePoint(118, 24), 4490), 1, null)", "delete from cityops.grid_visit", "select * from cityops.track_day",
            "select cityops.take_track('x', '{}', '{now}', '{118}', '{24}', '{1}', 'Asia/Shanghai')", "select cityops.refresh_visit_day('hidden', '2026-03-07', 'Asia/Shanghai', 4548)", "select cityops.drop_tracks_before(now())",
        })
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => As(Supervisor(null), () => Scalar(statement)))).SqlState);
    }

    [Fact]
    public async Task A_month_that_is_too_old_goes_as_a_whole_and_what_was_worked_out_of_it_stays()
    {
        var day = new DateOnly(2025, 1, 31);
        await Sent("old", Walk(day, 118.0005, 24.4075, 60));
        var before = await Grids(day, "old");
        Assert.Equal(1, await new TrackKeeping(_database.Source).KeepFrom(new(2025, 2, 1, 0, 0, 0, TimeSpan.Zero)));

        Assert.Equal(0L, await _database.Value<long>("select count(*) from cityops.track_point where person_id = 'old'"));
        Assert.Equal(before, await Grids(day, "old"));
        Assert.DoesNotContain(day, await new TrackKeeping(_database.Source).Stale(new(2026, 1, 1)));
    }

    [Fact]
    public async Task A_patrol_and_a_note_that_come_twice_are_one_and_those_of_others_are_left_alone()
    {
        var (day, patrol, note) = (new DateOnly(2026, 3, 8), Guid.NewGuid(), Guid.NewGuid());
        await Sent("walker", Walk(day, 118.0005, 24.4075, 60));
        var (walker, thief) = (Of("walker", Role.GridManager, null), Of("thief", Role.GridManager, null));
        var place = new TrackFix(At(day, 60), 118.001, 24.4075, null);
        for (var twice = 0; twice < 2; twice++)
        {
            Assert.Null(await As(walker, () => Records.Put(patrol, At(day, 0), null)));
            Assert.Null(await As(walker, () => Records.Put(patrol, At(day, 0), At(day, 300))));
            Assert.Null(await As(walker, () => Records.Add(note, patrol, place, "井盖完好")));
        }
        Assert.Equal("not-yours", (await As(thief, () => Records.Put(patrol, At(day, 0), At(day, 900))))?.Code);
        Assert.Equal("bad-times", (await As(walker, () => Records.Put(patrol, At(day, 0), At(day, -1))))?.Code);
        Assert.Equal("needs-note", (await As(walker, () => Records.Add(Guid.NewGuid(), patrol, place, " ")))?.Code);

        var made = Assert.Single(await As(walker, () => Records.Of("walker", day)));
        Assert.Equal((At(day, 300), 420.0), (made.Ended, Math.Round(made.Meters / 10) * 10));
        Assert.Equal("350203001001001", Assert.Single(await As(walker, () => Records.NotesOf("walker", day))).Grid);
    }

    Task<int> Sent(string person, IReadOnlyList<TrackFix> way, JurisdictionScope? scope = null) => As(Of(person, Role.GridManager, scope), () => Tracks.Take(way));

    Task<IReadOnlyList<GridCoverage>> Grids(DateOnly day, string? person) => As(Supervisor(null), () => Days.Grids(day, person));

    async Task<(double Share, double Minutes)> ByCells(string[] people, DateOnly day, string grid)
    {
        await using var command = _database.Source.CreateCommand(Oracle);
        foreach (var value in new object[] { people, day, grid })
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        return (reader.GetDouble(0), reader.GetDouble(1));
    }

    async Task<object?> Scalar(string sql)
    {
        await using var command = new CallerDatabase(_database.Source).CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    static async Task<T> As<T>(Caller caller, Func<Task<T>> work)
    {
        using var _ = caller.Enter();
        return await work();
    }

    static Caller Of(string name, Role role, JurisdictionScope? scope) => new(name, name, role.Permissions, scope) { Roles = [role.Id] };

    static Caller Supervisor(JurisdictionScope? scope) => Of("leader", Role.ShiftLeader, scope);

    static DateTimeOffset At(DateOnly day, int seconds) => new DateTimeOffset(day.ToDateTime(new(9, 0)), TimeSpan.FromHours(8)).AddSeconds(seconds);

    // Eastwards, 14 m every ten seconds.
    static List<TrackFix> Walk(DateOnly day, double longitude, double latitude, int steps)
        => [.. Enumerable.Range(0, steps + 1).Select(step => new TrackFix(At(day, step * 10), longitude + step * 0.000138, latitude, 8))];

    // With pauses, jumps and places that are known badly.
    static List<TrackFix> Wander(DateOnly day, Random random)
    {
        var (fixes, seconds, east, north) = (new List<TrackFix>(), 0, 118.004, 24.404);
        for (var number = 0; number < 160; number++)
        {
            seconds += random.Next(20) == 0 ? random.Next(200, 900) : random.Next(5, 60);
            var far = random.Next(25) == 0 ? 0.004 : 0.0006;
            (east, north) = (Math.Clamp(east + (random.NextDouble() - 0.5) * far, 118.0005, 118.0195), Math.Clamp(north + (random.NextDouble() - 0.5) * far, 24.4005, 24.4095));
            fixes.Add(new(At(day, seconds), east, north, random.Next(10) == 0 ? 400 : random.Next(3) == 0 ? null : 12));
        }
        return fixes;
    }

    /// <summary>The database of the class.</summary>
    public sealed class City : IAsyncLifetime
    {
        public PostGisDatabase Database { get; } = PostGisDatabase.Filled(SmallCity.Sql);

        public ValueTask InitializeAsync() => Database.InitializeAsync();

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
