using CityOps.Gis.Access;
using CityOps.Gis.PostGis.SpecialTasks;
using CityOps.Gis.SpecialTasks;
using CityOps.Gis.Tests.PostGis.Cases;
using NetTopologySuite.Geometries;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Cases.CaseCity;

namespace CityOps.Gis.Tests.PostGis.SpecialTasks;

/// <summary>Special tasks over the unit grids of a small city.</summary>
public sealed class SpecialTaskTests(CaseCity city) : IClassFixture<CaseCity>
{
    const string Grid = "350203001001001", EasternGrid = "350206001001001";

    static readonly Caller WestLeader = CaseCity.Of(Role.ShiftLeader, new() { Districts = ["350203"] });

    SpecialDesk Desk => new(city.Source);
    SpecialTaskList Tasks => new(city.Source);

    [Fact]
    public async Task A_task_over_an_area_has_its_checklist_in_each_unit_grid_of_it()
    {
        var id = await Made("350203");
        using var _ = Leader.Enter();
        var task = (await Tasks.Find(id))!;
        Assert.Equal((4L, 0L, 8L, 0L), (task.Grids, task.GridsDone, task.Ticks, task.Ticked));
        Assert.Equal(["350203001001001", "350203001001002", "350203001001003", "350203001001004"], (await Tasks.Grids(id, 0)).Select(grid => grid.Code));
        Assert.Equal(4, (await Tasks.Outlines(id)).Count);
        Assert.Equal((118.0, 24.4, 118.01, 24.41), await Tasks.Bounds(id));
        Assert.Equal((118.0, 24.405, 118.005, 24.41), await Tasks.Bounds(id, Grid));
    }

    [Fact]
    public async Task A_drawn_area_holds_the_grids_whose_middle_it_holds()
    {
        var polygon = new Polygon(new([new(118.001, 24.401), new(118.0045, 24.401), new(118.0045, 24.4095), new(118.001, 24.4095), new(118.001, 24.401)]));
        var id = await Made(null, polygon);
        using var _ = Leader.Enter();
        Assert.Equal(["350203001001001", "350203001001003"], (await Tasks.Grids(id, 0)).Select(grid => grid.Code));
    }

    [Fact]
    public async Task Who_looks_after_a_grid_ticks_its_items_off_and_the_progress_follows()
    {
        var id = await Made("350203");
        await Ticked(Collector, new(id, Grid, 1, 0, TickState.InOrder));
        await Ticked(Collector, new(id, Grid, 2, 0, TickState.NotInOrder) { Note = "有堆物", Photos = [Photo] });
        using var _ = Leader.Enter();
        var task = (await Tasks.Find(id))!;
        var items = await Tasks.Checklist(id, Grid);

        Assert.Equal((1L, 2L, 1L), (task.GridsDone, task.Ticked, task.NotInOrder));
        Assert.Equal([TickState.InOrder, TickState.NotInOrder], items.Select(item => item.State));
        Assert.NotNull(await Tasks.Photo(Assert.Single(items[1].Photos), isSmall: true));
        Assert.Equal("not-in-order", (await Tasks.Grids(id, 0)).Single(grid => grid.Code == Grid).Progress.Code(isOver: false));
    }

    [Fact]
    public async Task A_tick_that_lacks_something_or_comes_too_late_says_what()
    {
        var id = await Made("350203");
        Assert.Equal("not-allowed", (await Tick(Officer, new(id, Grid, 1, 0, TickState.InOrder))).Refusal?.Code);
        Assert.Equal("no-such-task", (await Tick(Stranger, new(id, Grid, 1, 0, TickState.InOrder))).Refusal?.Code);
        Assert.Equal("no-such-task", (await Tick(Collector, new(id, EasternGrid, 1, 0, TickState.InOrder))).Refusal?.Code);
        Assert.Equal("needs-note", (await Tick(Collector, new(id, Grid, 1, 0, TickState.NotInOrder))).Refusal?.Code);
        Assert.Equal("not-possible", (await Tick(Collector, new(id, Grid, 2, 0, TickState.InOrder))).Refusal?.Code);
        await Ticked(Collector, new(id, Grid, 1, 0, TickState.InOrder));
        Assert.Equal("somebody-was-faster", (await Tick(Collector, new(id, Grid, 1, 0, TickState.InOrder))).Refusal?.Code);
        Assert.Equal("not-possible", (await Tick(Collector, new(id, Grid, 1, 1, TickState.InOrder))).Refusal?.Code);
        await Ticked(Collector, new(id, Grid, 1, 1, TickState.Open));
    }

    [Fact]
    public async Task Before_it_begins_and_after_it_is_withdrawn_nothing_is_ticked_and_what_was_stays()
    {
        var later = await Made("350203", begins: DateTimeOffset.UtcNow.AddHours(1));
        Assert.Equal("not-possible", (await Tick(Collector, new(later, Grid, 1, 0, TickState.InOrder))).Refusal?.Code);
        var id = await Made("350203");
        await Ticked(Collector, new(id, Grid, 1, 0, TickState.InOrder));
        Assert.Equal("not-allowed", (await Withdraw(Collector, id)).Refusal?.Code);
        Assert.Null((await Withdraw(Leader, id)).Refusal);
        Assert.Equal("no-such-task", (await Withdraw(Leader, id)).Refusal?.Code);
        Assert.Equal("not-possible", (await Tick(Collector, new(id, Grid, 1, 1, TickState.Open))).Refusal?.Code);
        using var _ = Leader.Enter();
        Assert.Equal(1, (await Tasks.Find(id))!.Ticked);
    }

    [Fact]
    public async Task A_supervisor_gives_tasks_within_his_scope_and_others_see_their_grids_of_a_task_alone()
    {
        var both = await Made("35020");
        var west = await Made("35020", maker: WestLeader);
        Assert.Equal("no-grids", (await Make(WestLeader, "350206")).Refusal?.Code);
        using (Leader.Enter())
            Assert.Equal((8L, 4L), ((await Tasks.Find(both))!.Grids, (await Tasks.Find(west))!.Grids));
        using (Stranger.Enter())
        {
            Assert.Equal(4, (await Tasks.Find(both))!.Grids);
            Assert.Null(await Tasks.Find(west));
            Assert.Empty(await Tasks.Checklist(both, Grid));
        }
    }

    [Fact]
    public async Task A_task_that_reaches_beyond_a_supervisors_scope_is_withdrawn_by_somebody_who_has_all_of_it()
    {
        var both = await Made("35020");
        var refused = await Withdraw(WestLeader, both);
        Assert.Equal("beyond-scope", refused.Refusal?.Code);
        Assert.NotEqual("", refused.Refusal!.Sentence.Zh);
        Assert.Equal(0, await city.Database.Value<long>($"select count(*) from special.task where id = {both} and withdrawn_at is not null"));
        Assert.Equal(0, await city.Database.Value<long>($"select count(*) from cityops.audit_entry where subject = 'withdraw {both}'"));
        Assert.Null((await Withdraw(WestLeader, await Made("350203"))).Refusal);
        Assert.Null((await Withdraw(Leader, both)).Refusal);
    }

    [Theory]
    [InlineData("", 1, "350203", "needs-title")]
    [InlineData("防台风", -1, "350203", "needs-time")]
    [InlineData("防台风", 1, null, "needs-area")]
    [InlineData("防台风", 1, "999999", "no-grids")]
    public async Task A_task_that_lacks_something_says_what(string title, int hours, string? area, string code)
    {
        using var _ = Leader.Enter();
        var outcome = await Desk.Make(new(title, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(hours), [new(1, "看一看", null, false)]) { Area = area });
        Assert.Equal(code, outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Only_who_supervises_makes_a_task_and_what_is_sent_twice_comes_once()
    {
        Assert.Equal("not-allowed", (await Make(Collector, "350203")).Refusal?.Code);
        var token = Guid.NewGuid();
        Assert.Equal((await Make(Leader, "350203", token: token)).Task, (await Make(Leader, "350203", token: token)).Task);
        var (id, tick) = (await Made("350203"), Guid.NewGuid());
        await Ticked(Collector, new(id, Grid, 1, 0, TickState.InOrder) { Token = tick });
        await Ticked(Collector, new(id, Grid, 1, 0, TickState.InOrder) { Token = tick });
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from special.tick where task = {id}"));
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'special-task-changed' and subject = 'tick {id} {Grid} 1'"));
    }

    [Theory]
    [InlineData("update special.task set title = 'other' where id = {0}", "CA422")]
    [InlineData("delete from special.task", "42501")]
    [InlineData("insert into special.item values ({0}, 3, 'more')", "CA422")]
    [InlineData("insert into special.grid select {0}, '350206001001001', '350206001001', '350206001', '350206'", "CA422")]
    [InlineData("update special.tick set state = 'in-order'", "42501")]
    [InlineData("insert into special.tick (task, grid_code, item, number, state, who) values ({0}, '350203001001001', 1, 2, 'in-order', 'psql')", "CA409")]
    [InlineData("insert into special.tick (task, grid_code, item, number, state, who, photos) values ({0}, '350203001001001', 2, 1, 'in-order', 'psql', 1)", "CA422")]
    [InlineData("insert into special.task (title, begins, ends, who) values ('empty', now(), now() + interval '1 day', 'psql')", "CA422")]
    public async Task No_statement_goes_past_the_rules(string statement, string state)
    {
        var id = await Made("350203");
        var fault = await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, id)));
        Assert.Equal(state, fault.SqlState);
    }

    async Task<SpecialOutcome> Make(Caller caller, string? area, Geometry? polygon = null, DateTimeOffset? begins = null, Guid? token = null)
    {
        using var _ = caller.Enter();
        var from = begins ?? DateTimeOffset.UtcNow.AddMinutes(-5);
        return await Desk.Make(new("防台风检查", from, from.AddHours(8), [new(1, "广告牌", null, false), new(2, "沿街堆物", "06036", true)]) { Area = area, Polygon = polygon, Token = token });
    }

    async Task<long> Made(string? area, Geometry? polygon = null, DateTimeOffset? begins = null, Caller? maker = null)
    {
        var outcome = await Make(maker ?? Leader, area, polygon, begins);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Sentence.En);
        return outcome.Task!.Value;
    }

    async Task<SpecialOutcome> Tick(Caller caller, NewTick tick)
    {
        using var _ = caller.Enter();
        return await Desk.Tick(tick);
    }

    async Task Ticked(Caller caller, NewTick tick)
    {
        var outcome = await Tick(caller, tick);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Sentence.En);
    }

    async Task<SpecialOutcome> Withdraw(Caller caller, long id)
    {
        using var _ = caller.Enter();
        return await Desk.Withdraw(id);
    }
}
