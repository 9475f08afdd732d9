using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Cases.CaseCity;

namespace CityOps.Gis.Tests.PostGis.Cases;

/// <summary>Co-ordination: a case with a lead and departments that are called to it.</summary>
public sealed class CasePartTests(CaseCity city) : IClassFixture<CaseCity>, IAsyncLifetime
{
    static readonly Caller Called = CaseCity.Of(Role.DepartmentOfficer, new() { Departments = ["2"] }, "called"), Chief = CaseCity.Of(Role.Dispatcher, null, "chief");

    public async ValueTask InitializeAsync()
    {
        if (city.Database.ConnectionString != "")
            await city.Database.Run("insert into gis.departments (code, name) select '2', '市园林中心' where not exists (select from gis.departments where code = '2')");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    CaseParts Parts => new(city.Source, Zone);

    [Fact]
    public async Task A_called_department_sees_the_case_that_is_not_its_own_and_has_the_part_among_its_tasks_until_it_is_done()
    {
        var fid = await Led();
        Assert.Null(await Seen(Called, fid));
        var part = await Call(Officer, fid);

        Assert.Equal((1, "2", PartState.Asked), (part.Number, part.Department, part.State));
        Assert.Equal(fid, (await Seen(Called, fid))!.Fid);
        var task = Assert.Single(await Tasks(Called), task => task.Fid == fid);
        Assert.Equal((1, "清理落叶", part.Deadline), (task.Part!.Number, task.Part.Asked, task.Deadline));
        await Taken(Called, fid, "accept");
        Assert.Contains(await Tasks(Called), one => one.Fid == fid && one.Part!.State == PartState.Accepted);
        await Taken(Called, fid, "finish");
        Assert.DoesNotContain(await Tasks(Called), one => one.Fid == fid);
        Assert.NotNull(await Seen(Called, fid));
        Assert.DoesNotContain(await Tasks(Officer), one => one.Fid == fid && one.Part is not null);
    }

    [Fact]
    public async Task While_a_part_is_open_the_case_is_neither_fed_back_nor_hung_up_and_then_it_is()
    {
        var fid = await Led();
        await Call(Officer, fid);
        Assert.Equal("parts-open", (await city.Move(Officer, fid, "feed-back")).Refusal?.Code);
        await city.Moves(fid, (Officer, "ask-hang-up"));
        Assert.Equal("parts-open", (await city.Move(Dispatcher, fid, "hang-up")).Refusal?.Code);
        await Taken(Called, fid, "accept");
        Assert.Equal("parts-open", (await city.Move(Officer, fid, "feed-back")).Refusal?.Code);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run($"""
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who, note) select {fid}, max(number) + 1, now(), 'feed-back', 'handle', 'feedback', 'psql', 'past all' from cases.move where fid = {fid}
            """));
        Assert.Equal("CA423", fault.SqlState);
        await Taken(Called, fid, "finish");

        Assert.Equal(CaseStage.Feedback, (await city.Moves(fid, (Dispatcher, "deny-hang-up"), (Officer, "feed-back"))).Stage);
    }

    [Fact]
    public async Task A_refused_or_withdrawn_part_holds_nothing_up_and_hides_the_case_again()
    {
        var fid = await Led();
        await Call(Officer, fid);
        await Taken(Called, fid, "refuse");
        await Call(Chief, fid);
        await Taken(Officer, fid, "withdraw", 2);

        Assert.Null(await Seen(Called, fid));
        Assert.Equal(CaseStage.Feedback, (await city.Moves(fid, (Officer, "feed-back"))).Stage);
    }

    [Fact]
    public async Task A_case_that_goes_back_takes_its_open_parts_along()
    {
        var fid = await Led();
        await Call(Officer, fid);
        await city.Moves(fid, (Officer, "ask-return"), (Dispatcher, "return"));

        var part = Assert.Single(await Of(Dispatcher, fid));
        Assert.Equal((PartState.Withdrawn, "withdraw", "dispatcher"), (part.State, part.Steps[^1].Step, part.Steps[^1].Who));
        Assert.Equal("no-such-case", (await Step(Called, fid, "accept")).Refusal?.Code);
    }

    [Fact]
    public async Task Only_who_dispatches_or_leads_calls_and_only_the_called_department_answers()
    {
        var fid = await Led();
        Assert.Equal("not-allowed", (await Try(Collector, fid)).Refusal?.Code);
        Assert.Equal("no-such-case", (await Try(Called, fid)).Refusal?.Code);
        await Call(Officer, fid);
        Assert.Equal("no-such-case", (await Try(Called, fid, "1")).Refusal?.Code);
        Assert.Equal("not-allowed", (await Step(Officer, fid, "accept")).Refusal?.Code);
        Assert.Equal("not-allowed", (await Step(Called, fid, "withdraw")).Refusal?.Code);
        Assert.Equal("needs-note", (await Step(Called, fid, "refuse", note: " ")).Refusal?.Code);
        Assert.Equal("not-possible", (await Step(Called, fid, "finish")).Refusal?.Code);
        Assert.Equal("no-such-case", (await Step(Stranger, fid, "accept")).Refusal?.Code);
    }

    [Theory]
    [InlineData("11", "清理", 60, "needs-department")]
    [InlineData("404", "清理", 60, "needs-department")]
    [InlineData("2", " ", 60, "needs-asked")]
    [InlineData("2", "清理", 0, "needs-time")]
    public async Task A_call_that_lacks_something_says_what(string department, string asked, int minutes, string code)
        => Assert.Equal(code, (await Try(Dispatcher, await Led(), department, asked, minutes)).Refusal?.Code);

    [Fact]
    public async Task A_department_is_called_once_at_a_time_and_only_while_a_case_is_at_work()
    {
        var fid = await Led();
        await Call(Officer, fid);
        Assert.Equal("called-already", (await Try(Dispatcher, fid)).Refusal?.Code);
        Assert.Equal("not-possible", (await Try(Dispatcher, (await city.Reported()).Fid)).Refusal?.Code);
    }

    [Fact]
    public async Task The_deadline_of_a_part_counts_in_working_hours_with_a_warning_at_four_fifths()
    {
        var part = await Call(Dispatcher, await Led());
        await using var connection = await city.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var calendar = (await CaseSettings.Load(connection, Zone, TestContext.Current.CancellationToken)).Calendar;

        Assert.Equal((TimeSpan.FromHours(10), TimeSpan.FromHours(8)), (calendar.Between(part.AskedAt, part.Deadline), calendar.Between(part.AskedAt, part.Warning)));
    }

    [Fact]
    public async Task A_call_that_is_sent_twice_comes_once()
    {
        var (fid, token) = (await Led(), Guid.NewGuid());
        var (first, second) = (await Try(Dispatcher, fid, token: token), await Try(Dispatcher, fid, token: token));
        Assert.Equal((1, 1), (first.Part!.Number, second.Part!.Number));
        Assert.Single(await Of(Dispatcher, fid));
    }

    [Fact]
    public async Task Who_worked_at_a_part_does_not_verify_the_case()
    {
        var both = new Caller("both", "both", new HashSet<Permission>([.. Role.DepartmentOfficer.Permissions, .. Role.ShiftLeader.Permissions]), null) { Roles = ["department-officer", "shift-leader"] };
        var fid = await Led();
        await Call(Officer, fid);
        await Taken(both, fid, "accept");
        await Taken(both, fid, "finish");
        await city.Moves(fid, (Officer, "feed-back"));

        Assert.Equal("four-eyes", (await city.Move(both, fid, "close")).Refusal?.Code);
        Assert.Equal(CaseStage.Close, (await city.Moves(fid, (Leader, "close"))).Stage);
    }

    [Theory]
    [InlineData("update cases.part set state = 'done'", "23514")]
    [InlineData("update cases.part set deadline = now() + interval '1 year'", "23514")]
    [InlineData("set cases.stepping = 'on'; update cases.part set state = 'done', changed_at = now()", "23514")]
    [InlineData("delete from cases.part", "42501")]
    [InlineData("update cases.part_step set note = 'never said'", "42501")]
    [InlineData("insert into cases.part_step (fid, part, number, at, step, from_state, to_state, who) select fid, 1, 1, now(), 'finish', 'asked', 'done', 'psql' from cases.part", "CA422")]
    [InlineData("insert into cases.part_step (fid, part, number, at, step, from_state, to_state, who) select fid, 1, 2, now(), 'accept', 'asked', 'accepted', 'psql' from cases.part", "CA409")]
    public async Task No_statement_changes_a_part_but_a_step_of_the_table(string statement, string state)
    {
        await Call(Officer, await Led());
        Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run(statement))).SqlState);
    }

    [Fact]
    public async Task A_call_and_each_step_stand_in_the_audit_log()
    {
        var fid = await Led();
        await Call(Officer, fid);
        await Taken(Called, fid, "accept");
        Assert.Equal(["call|department-officer", "accept|called"], await city.Database.Rows($"select subject, who from cityops.audit_entry where kind = 'case-part-changed' and fid = {fid} order by id"));
    }

    [Fact]
    public async Task Under_the_lock_a_called_case_is_found_by_its_key()
    {
        var fid = await Led();
        await Call(Officer, fid);
        using var _ = Called.Enter();
        await using var connection = await new CityOps.Gis.PostGis.CallerDatabase(city.Source).Open(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await new NpgsqlCommand("set local enable_seqscan = off", connection).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand("explain select fid from gis.cases where geom && ST_MakeEnvelope(118.001, 24.401, 118.003, 24.403, 4490)", connection);
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                plan.Add(reader.GetString(0));
        Assert.Contains(plan, line => line.Contains("Index Cond", StringComparison.Ordinal));
        Assert.Equal(1L, await new NpgsqlCommand("select count(*) from gis.cases where fid = " + fid, connection).ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A case that department 11 leads.</summary>
    async Task<long> Led() => (await city.Moves((await city.Reported()).Fid, (Leader, "file"), (Dispatcher, "dispatch"), (Officer, "accept"))).Fid;

    async Task<PartOutcome> Try(Caller caller, long fid, string department = "2", string asked = "清理落叶", int minutes = 600, Guid? token = null)
    {
        using var _ = caller.Enter();
        return await Parts.Call(fid, new(department, asked, minutes) { Token = token });
    }

    async Task<CasePart> Call(Caller caller, long fid)
    {
        var outcome = await Try(caller, fid);
        Assert.True(outcome.IsDone, outcome.Refusal?.Sentence.En);
        return outcome.Part;
    }

    async Task<PartOutcome> Step(Caller caller, long fid, string step, int number = 1, string? note = "说明")
    {
        using var _ = caller.Enter();
        return await Parts.Step(fid, number, step, note);
    }

    async Task Taken(Caller caller, long fid, string step, int number = 1)
    {
        var outcome = await Step(caller, fid, step, number);
        Assert.True(outcome.IsDone, $"{step}: {outcome.Refusal?.Sentence.En}");
    }

    async Task<IReadOnlyList<CasePart>> Of(Caller caller, long fid)
    {
        using var _ = caller.Enter();
        return await Parts.Of(fid);
    }

    async Task<CaseState?> Seen(Caller caller, long fid)
    {
        using var _ = caller.Enter();
        return await city.History.Find(fid);
    }

    async Task<IReadOnlyList<CaseTask>> Tasks(Caller caller)
    {
        using var _ = caller.Enter();
        return (await new CaseTasks(city.Source, city.Catalog).Of()).Tasks;
    }
}
