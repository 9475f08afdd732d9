using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Tests.PostGis.Cases;
using NetTopologySuite.Geometries;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Cases.CaseCity;

namespace CityOps.Gis.Tests.PostGis.Emergencies;

/// <summary>Emergencies over the west of a small city.</summary>
public sealed class CommandTests(CaseCity city) : IClassFixture<CaseCity>
{
    static readonly Addressee Department = new(Addressee.Department, "11", "市政设施中心"), Grid = new(Addressee.Grid, "350203001001001", "沙坡尾一格");

    EmergencyList Emergencies => new(city.Source);
    AreaPicture Picture => new(city.Source, city.Catalog);
    CommandDesk Desk => new(city.Source, Picture, Emergencies);

    [Fact]
    public async Task An_emergency_is_opened_over_an_area_and_seen_by_those_who_have_to_do_with_it_and_no_others()
    {
        var id = await Opened();
        foreach (var (caller, sees) in new[] { (Leader, true), (Collector, true), (Officer, true), (Stranger, false) })
        {
            using var _ = caller.Enter();
            Assert.Equal(sees, (await Emergencies.Open()).Any(one => one.Id == id));
            Assert.Equal(sees, await Emergencies.Area(id) is not null);
            Assert.Equal(sees, (await Emergencies.Log(id)).Any(entry => entry.Kind == "opened"));
        }
    }

    [Fact]
    public async Task What_is_in_the_area_is_what_plain_SQL_counts_there()
    {
        await city.Database.Run("""
            insert into gis.devices (device_id, name, kind, status, geom) select 'W' || n, 'x', 'manhole', (array['online', 'offline', 'alarm'])[1 + n % 3], ST_SetSRID(ST_MakePoint(118.001 + n * 0.001, 24.405), 4490) from generate_series(1, 15) n;
            insert into gis.cameras (camera_id, name, status, geom) values ('K1', 'x', 'online', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490)), ('K2', 'x', 'fault', ST_SetSRID(ST_MakePoint(118.015, 24.402), 4490));
            insert into gis.management_grids (code, name, parent_code, grid_codes, worker_name, worker_phone, geom)
            select '350203001001901', '一格', '350203001001', array['350203001001001'], '林海', '13900000000', geom from gis.unit_grids where code = '350203001001001'
            """);
        await city.Reported();
        var id = await Opened();
        using var _ = Leader.Enter();
        var area = (await Emergencies.Area(id))!;
        var figures = await Picture.Figures(area);

        Assert.Equal(await city.Database.Value<long>("select count(*) from gis.devices where district_code = '350203'"), figures.Devices.Values.Sum());
        Assert.Equal(await city.Database.Value<long>("select count(*) from gis.devices where district_code = '350203' and status = 'alarm'"), figures.Devices["alarm"]);
        Assert.Equal(await city.Database.Value<long>("select count(*) from gis.cases where district_code = '350203' and status = 'collect'"), figures.OpenCases);
        Assert.Equal((1L, 2L), (figures.Cameras.Values.Sum(), figures.Components.Values.Sum()));
        Assert.Equal("林海", Assert.Single(await Picture.People(area)).Worker);
        Assert.Equal(figures.OpenCases, (await Picture.Cases(area)).Count);
    }

    [Fact]
    public async Task One_message_goes_to_many_in_one_go_once_however_often_it_is_sent_and_each_answers_for_himself()
    {
        var (id, message) = (await Opened(), Guid.NewGuid());
        Assert.Null((await As(Leader, () => Desk.Send(id, "转移人员", [Department, Grid], message))).Refusal);
        Assert.Null((await As(Leader, () => Desk.Send(id, "转移人员", [Department, Grid], message))).Refusal);
        var mine = Assert.Single(await Of(Officer, id), task => task.IsMine);
        Assert.Equal("11", mine.To.Code);
        Assert.Null((await As(Officer, () => Desk.Answer(id, mine, "taken", null))).Refusal);
        Assert.Null((await As(Officer, () => Desk.Answer(id, mine, "done", "已转移 20 人"))).Refusal);
        Assert.Equal("is-over", (await As(Officer, () => Desk.Answer(id, mine, "taken", null))).Refusal?.Code);
        var others = Assert.Single(await Of(Collector, id), task => task.IsMine);
        Assert.Equal("not-allowed", (await As(Officer, () => Desk.Answer(id, others, "done", null))).Refusal?.Code);

        Assert.Equal(["done", "sent"], (await Of(Leader, id)).Select(task => task.State));
        Assert.Equal(["answered", "answered", "sent", "opened"], (await As(Leader, () => Emergencies.Log(id))).Select(entry => entry.Kind));
    }

    [Fact]
    public async Task A_task_for_a_single_person_waits_for_him_alone_and_the_log_keeps_what_he_made_of_it()
    {
        var (walker, stranger, gone) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await city.Database.Run($"""
            insert into access.person (id, user_name, normalized_user_name, display_name, security_stamp, concurrency_stamp, is_disabled) values
                ('{walker}', 'w{walker:N}', 'W{walker:N}', '许东', 'x', 'x', false), ('{stranger}', 's{stranger:N}', 'S{stranger:N}', '许西', 'x', 'x', false), ('{gone}', 'g{gone:N}', 'G{gone:N}', '许北', 'x', 'x', true);
            insert into access.person_scope values ('{walker}', 'community', '350203001001'), ('{stranger}', 'district', '350206'), ('{gone}', 'district', '350203')
            """);
        var (id, people, me) = (await Opened(), new EmergencyPeople(city.Source), new Caller(walker.ToString(), "许东", Role.GridManager.Permissions, new() { Communities = ["350203001001"] }));
        Assert.Equal([new Addressee(Addressee.Person, walker.ToString(), "许东")], await As(Leader, () => people.Find(id, " 许 ")));
        Assert.Empty(await As(Leader, () => people.Find(id, "许西")));
        foreach (var caller in new[] { Collector, Dispatcher, Officer })
            Assert.Empty(await As(caller, () => people.Find(id, null)));
        Assert.Equal("no-such-person", (await As(Leader, () => Desk.Send(id, "去看看", [new(Addressee.Person, stranger.ToString(), "许西")], Guid.NewGuid()))).Refusal?.Code);
        Assert.Null((await As(Leader, () => Desk.Send(id, "去看看", [new(Addressee.Person, walker.ToString(), "许东")], Guid.NewGuid()))).Refusal);

        var duty = Assert.Single(await As(me, () => Emergencies.Mine()), one => one.Emergency == id);
        Assert.Equal(("防台风", "去看看", true), (duty.Title, duty.Task.Said, duty.Task.IsMine));
        foreach (var caller in new[] { Collector, Leader, Officer })
        {
            Assert.DoesNotContain(await As(caller, () => Emergencies.Mine()), one => one.Emergency == id);
            Assert.Equal("not-allowed", (await As(caller, () => Desk.Answer(id, duty.Task, "taken", null))).Refusal?.Code);
        }
        Assert.Null((await As(me, () => Desk.Answer(id, duty.Task, "taken", null))).Refusal);
        Assert.Null((await As(me, () => Desk.Answer(id, duty.Task, "done", "水已退"))).Refusal);
        Assert.DoesNotContain(await As(me, () => Emergencies.Mine()), one => one.Emergency == id);
        Assert.Equal([("done", "许东：去看看（水已退）"), ("taken", "许东：去看看")], (await As(Leader, () => Emergencies.Log(id))).Where(entry => entry.Kind == "answered").Select(entry => (entry.State, entry.Said)));
    }

    [Fact]
    public async Task Stood_down_it_keeps_report_and_figures_and_nothing_is_sent_written_or_answered_any_more()
    {
        var id = await Opened();
        await As(Leader, () => Desk.Send(id, "待命", [Department], Guid.NewGuid()));
        Assert.Equal("needs-report", (await As(Leader, () => Desk.Close(id, " "))).Refusal?.Code);
        Assert.Null((await As(Leader, () => Desk.Close(id, "积水已排除。"))).Refusal);
        var emergency = (await As(Leader, () => Emergencies.Find(id)))!;

        Assert.Equal((false, "积水已排除。"), (emergency.IsOpen, emergency.Report));
        Assert.Equal(4, emergency.Figures!.Grids);
        Assert.DoesNotContain(await As(Leader, () => Emergencies.Open()), one => one.Id == id);
        Assert.Equal("is-over", (await As(Leader, () => Desk.Note(id, "又来了"))).Refusal?.Code);
        Assert.Equal("is-over", (await As(Leader, () => Desk.Send(id, "再", [Department], Guid.NewGuid()))).Refusal?.Code);
        Assert.Equal("is-over", (await As(Leader, () => Desk.Close(id, "再"))).Refusal?.Code);
        var task = Assert.Single(await Of(Officer, id));
        Assert.Equal("is-over", (await As(Officer, () => Desk.Answer(id, task, "done", null))).Refusal?.Code);
    }

    [Fact]
    public async Task Only_who_has_the_right_commands_and_what_lacks_something_says_what()
    {
        var id = await Opened();
        foreach (var caller in new[] { Dispatcher, Officer, Collector })
        {
            Assert.Equal("not-allowed", (await As(caller, () => Desk.Open(new("x") { Area = "350203" }))).Refusal?.Code);
            Assert.Equal("not-allowed", (await As(caller, () => Desk.Note(id, "x"))).Refusal?.Code);
            Assert.Equal("not-allowed", (await As(caller, () => Desk.Send(id, "x", [Department], Guid.NewGuid()))).Refusal?.Code);
            Assert.Equal("not-allowed", (await As(caller, () => Desk.Close(id, "x"))).Refusal?.Code);
        }
        Assert.Equal("needs-title", (await As(Leader, () => Desk.Open(new(" ") { Area = "350203" }))).Refusal?.Code);
        Assert.Equal("needs-area", (await As(Leader, () => Desk.Open(new("x")))).Refusal?.Code);
        Assert.Equal("needs-area", (await As(Leader, () => Desk.Open(new("x") { Area = "999999" }))).Refusal?.Code);
        Assert.Equal("needs-addressees", (await As(Leader, () => Desk.Send(id, "x", [], Guid.NewGuid()))).Refusal?.Code);
        Assert.Equal("needs-text", (await As(Leader, () => Desk.Note(id, " "))).Refusal?.Code);
    }

    [Fact]
    public async Task A_drawn_area_is_as_good_and_what_is_sent_twice_comes_once()
    {
        var polygon = new Polygon(new([new(118.011, 24.401), new(118.014, 24.401), new(118.014, 24.404), new(118.011, 24.404), new(118.011, 24.401)]));
        var token = Guid.NewGuid();
        var first = await As(Leader, () => Desk.Open(new("东渡火灾") { Polygon = polygon, Token = token }));
        var second = await As(Leader, () => Desk.Open(new("东渡火灾") { Polygon = polygon, Token = token }));

        Assert.Equal(first.Emergency, second.Emergency);
        Assert.Contains(await As(Stranger, () => Emergencies.Open()), one => one.Id == first.Emergency);
        Assert.DoesNotContain(await As(Collector, () => Emergencies.Open()), one => one.Id == first.Emergency);
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'emergency-changed' and subject = 'open {first.Emergency}'"));
    }

    [Theory]
    [InlineData("update command.emergency set title = 'other' where id = {0}", "CA422")]
    [InlineData("delete from command.emergency", "42501")]
    [InlineData("update command.entry set said = 'never'", "42501")]
    [InlineData("insert into command.task (emergency, number, message, addressee, code, name, said, who, state) values ({0}, 1, gen_random_uuid(), 'grid', 'x', 'x', 'x', 'x', 'done')", "CA422")]
    [InlineData("insert into command.emergency (title, area, who, closed_at, closed_by, report) select 'x', area, 'x', now(), 'x', 'x' from command.emergency limit 1", "CA422")]
    public async Task No_statement_goes_past_the_rules(string statement, string state)
    {
        var id = await Opened();
        Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, id)))).SqlState);
    }

    async Task<long> Opened()
    {
        var outcome = await As(Leader, () => Desk.Open(new("防台风") { Area = "350203" }));
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Sentence.En);
        return outcome.Emergency!.Value;
    }

    Task<IReadOnlyList<EmergencyTask>> Of(Caller caller, long id) => As(caller, () => Emergencies.Tasks(id));

    static async Task<T> As<T>(Caller caller, Func<Task<T>> act)
    {
        using var _ = caller.Enter();
        return await act();
    }
}
