using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Cases.CaseCity;

namespace CityOps.Gis.Tests.PostGis.Cases;

public sealed class CaseDeskTests(CaseCity city) : IClassFixture<CaseCity>
{
    const int Seed = 20261126;

    [Fact]
    public async Task A_case_goes_from_its_report_to_its_evaluation_and_the_feature_with_it()
    {
        var state = await city.Reported();
        Assert.Matches(@"^C06012\d{8}\d{5}$", state.Number);
        state = await city.Moves(state.Fid, (Leader, "file"), (Dispatcher, "dispatch"), (Officer, "accept"), (Officer, "feed-back"), (Leader, "close"), (Leader, "evaluate"));

        Assert.Equal((CaseStage.Evaluate, 7), (state.Stage, state.Moves));
        Assert.Equal(["evaluate|t|t|t|t|11"], (await city.Database.Rows($"""
            select status, (filed_at is not null)::text::char, (dispatched_at > filed_at)::text::char, (handled_at > dispatched_at)::text::char, (closed_at > handled_at)::text::char, department_code from gis.cases where fid = {state.Fid}
            """)));
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from cityops.audit_entry where layer_id = 'cases' and fid = {state.Fid} and kind = 'feature-created'"));
        Assert.Equal(6, await city.Database.Value<long>($"select count(*) from cityops.audit_entry where layer_id = 'cases' and fid = {state.Fid} and kind = 'case-moved'"));
    }

    [Fact]
    public async Task Grid_and_department_follow_from_the_place_and_the_class_else_from_the_component()
    {
        var byClass = await city.Report(Leader, new("01002", "井盖破损") { ComponentCode = EasternCover });
        var byOwner = await city.Report(Leader, new("06012", "有垃圾") { ComponentCode = Nobodys });
        var nobodys = await city.Report(Leader, new("06012", "有垃圾") { Place = (118.001, 24.401) });

        Assert.Equal(("350206001001003", "1"), await Stamp(byClass));
        Assert.Equal(("350203001001003", "11"), await Stamp(byOwner));
        Assert.Equal(("350203001001003", ""), await Stamp(nobodys));
    }

    [Theory]
    [InlineData("06012", null, null, "needs-place")]
    [InlineData("99999", 118.001, null, "unknown-class")]
    [InlineData("06012", 118.012, null, "outside-scope")]
    [InlineData("06012", null, EasternCover, "unknown-component")]
    [InlineData("06012", null, "3502030102009999", "unknown-component")]
    public async Task A_report_that_cannot_be_taken_says_why(string classCode, double? longitude, string? component, string code)
    {
        var outcome = await city.Report(Collector, new(classCode, "有垃圾") { ComponentCode = component, Place = longitude is { } east ? (east, 24.401) : null });
        Assert.Equal(code, outcome.Refusal?.Code);
    }

    [Fact]
    public async Task Who_may_not_report_or_says_nothing_is_refused()
    {
        Assert.Equal("not-allowed", (await city.Report(Viewer, new("06012", "有垃圾") { ComponentCode = Cover })).Refusal?.Code);
        Assert.Equal("needs-note", (await city.Report(Collector, new("06012", " ") { ComponentCode = Cover })).Refusal?.Code);
        Assert.Equal("in-future", (await city.Report(Collector, new("06012", "有") { ComponentCode = Cover, OccurredAt = DateTimeOffset.UtcNow.AddHours(1) })).Refusal?.Code);
    }

    [Fact]
    public async Task A_report_or_a_move_that_is_sent_twice_comes_once()
    {
        var report = new CaseReport("06012", "有垃圾") { ComponentCode = Cover, Token = Guid.NewGuid() };
        var (first, second) = (await city.Report(Collector, report), await city.Report(Collector, report));
        var token = Guid.NewGuid();
        var (filed, again) = (await city.Move(Leader, first.State!.Fid, "file", order => order with { Token = token }), await city.Move(Leader, first.State.Fid, "file", order => order with { Token = token, After = 1 }));

        Assert.Equal(first.State, second.State);
        Assert.Equal((CaseStage.File, 2), (again.State!.Stage, again.State.Moves));
        Assert.Equal(filed.State, again.State);
    }

    [Fact]
    public async Task Of_two_who_move_a_case_at_once_exactly_one_wins_and_the_other_is_told_by_whom_and_to_where()
    {
        for (var turn = 0; turn < 10; turn++)
        {
            var fid = (await city.Reported()).Fid;
            var (one, other) = (Of(Role.ShiftLeader, null, "陈丽"), Of(Role.ShiftLeader, null, "王强"));
            async Task<CaseOutcome> Try(Caller who, string move)
            {
                using var _ = who.Enter();
                return await city.Desk.Move(fid, new(move, 1) { Note = "重复" });
            }

            var outcomes = await Task.WhenAll(Try(one, "file"), Try(other, "void"));

            var lost = Assert.Single(outcomes, outcome => !outcome.IsDone);
            Assert.Equal("somebody-was-faster", lost.Refusal!.Code);
            Assert.Contains(outcomes[0].IsDone ? "陈丽" : "王强", lost.Refusal.Sentence.Zh, StringComparison.Ordinal);
            Assert.Contains(outcomes[0].IsDone ? "案卷建立" : "作废", lost.Refusal.Sentence.Zh, StringComparison.Ordinal);
            Assert.Equal(2, await city.Database.Value<long>($"select count(*) from cases.move where fid = {fid}"));
        }
    }

    [Fact]
    public async Task Only_the_department_that_a_case_was_dispatched_to_handles_it()
    {
        var fid = (await city.Moves((await city.Reported()).Fid, (Leader, "file"), (Dispatcher, "dispatch"))).Fid;
        var both = Of(Role.DepartmentOfficer, new() { Districts = ["350203"], Departments = ["2"] });

        Assert.Equal("no-such-case", (await city.Move(Others, fid, "accept")).Refusal?.Code);
        Assert.Equal("not-allowed", (await city.Move(both, fid, "accept")).Refusal?.Code);
        Assert.True((await city.Move(Officer, fid, "accept")).IsDone);
    }

    [Fact]
    public async Task A_request_waits_for_its_answer_and_a_returned_case_is_dispatched_anew()
    {
        var fid = (await city.Moves((await city.Reported()).Fid, (Leader, "file"), (Dispatcher, "dispatch"), (Officer, "ask-return"))).Fid;
        Assert.Equal("not-possible", (await city.Move(Officer, fid, "ask-delay")).Refusal?.Code);
        Assert.Equal("not-possible", (await city.Move(Dispatcher, fid, "grant-delay")).Refusal?.Code);
        Assert.Equal("not-allowed", (await city.Move(Officer, fid, "return")).Refusal?.Code);
        var state = await city.Moves(fid, (Dispatcher, "refuse-duty"), (Officer, "ask-return"), (Dispatcher, "return"));

        Assert.Equal((CaseStage.File, null, null), (state.Stage, state.Request, state.Deadlines.Handling));
        Assert.Equal(CaseStage.Dispatch, (await city.Moves(fid, (Dispatcher, "dispatch"))).Stage);
    }

    [Fact]
    public async Task Who_handled_a_case_neither_inspects_nor_closes_it_not_even_past_the_desk()
    {
        var both = Leader with { Id = "both", Name = "both", Permissions = Enum.GetValues<Permission>().ToHashSet() };
        var fid = (await city.Moves((await city.Reported()).Fid, (Leader, "file"), (Dispatcher, "dispatch"), (both, "accept"), (both, "feed-back"))).Fid;

        Assert.Equal("four-eyes", (await city.Move(both, fid, "close")).Refusal?.Code);
        await city.Moves(fid, (Operator, "ask-inspect"));
        Assert.Equal("four-eyes", (await city.Move(both, fid, "inspect")).Refusal?.Code);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => city.Database.Run(
            $"insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who) values ({fid}, 7, now(), 'close', 'feedback', 'close', 'both', 'both')"));
        Assert.Equal("CA406", fault.SqlState);
        await city.Moves(fid, (Collector, "inspect"), (both, "rework"), (Officer, "feed-back"), (Leader, "close"));
    }

    [Fact]
    public async Task What_a_move_needs_is_asked_for()
    {
        var fid = (await city.Reported()).Fid;
        Assert.Equal("needs-photo", (await city.Move(Collector, fid, "self-handle", order => order with { Photos = [] })).Refusal?.Code);
        Assert.Equal("needs-note", (await city.Move(Leader, fid, "void", order => order with { Note = "" })).Refusal?.Code);
        await city.Moves(fid, (Leader, "file"));
        Assert.Equal("needs-department", (await city.Move(Dispatcher, fid, "dispatch", order => order with { Department = null })).Refusal?.Code);
        Assert.Equal("needs-department", (await city.Move(Dispatcher, fid, "dispatch", order => order with { Department = "nobody" })).Refusal?.Code);
    }

    [Fact]
    public async Task A_case_that_was_delivered_goes_on_from_where_it_stood_with_the_time_it_was_given()
    {
        await city.Database.Run("""
            insert into gis.cases (case_number, status, class_code, occurred_at, filed_at, dispatched_at, deadline, department, geom)
            values ('E-old', 'handle', '06012', now() - interval '3 hours', now() - interval '3 hours', now() - interval '2 hours', now() + interval '10 hours', '11', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490))
            """);
        var (fid, deadline) = (await city.Database.Value<long>("select fid from gis.cases where case_number = 'E-old'"), await city.Database.Value<DateTime>("select deadline from gis.cases where case_number = 'E-old'"));
        var state = await city.Moves(fid, (Leader, "supervise"));

        Assert.Equal(deadline, state.Deadlines.Handling!.Value.UtcDateTime);
        Assert.Equal(["1|take-over||handle", "2|supervise|handle|handle"], await city.Database.Rows($"select number, move, from_stage, to_stage from cases.move where fid = {fid} order by number"));
        await city.Moves(fid, (Officer, "feed-back"), (Leader, "close"));
        Assert.Empty(await city.Database.Rows(CaseOracle.Breaches));
    }

    [Fact]
    public async Task Random_walks_by_random_people_never_leave_the_table_and_their_deadlines_are_those_of_the_independent_count()
    {
        var random = new Random(Seed);
        Caller[] people = [Collector, Leader, Dispatcher, Operator, Officer, Others, Stranger, Viewer, Of(Role.Administrator, null)];
        var done = new Dictionary<string, int>();
        for (var walk = 0; walk < 25; walk++)
        {
            var fid = (await city.Reported(new[] { "06010", "06012", "01002", "09005" }[random.Next(4)])).Fid;
            for (var step = 0; step < 40; step++)
            {
                var before = (await city.History.Find(fid))!;
                var (move, who) = Any(random, before, people);
                var outcome = await city.Move(who, fid, move.Id, order => random.Next(8) == 0 ? order with { Note = null } : order);
                var isRight = move.From.Contains(before.Stage) && move.IsPossible(before.Stage, before.Request) && who.May(move.Who);
                Assert.True(isRight || !outcome.IsDone, $"Seed {Seed}: {who.Name} made {move.Id} at {before.Stage} with {before.Request}");
                if (outcome.IsDone)
                    done[move.Id] = done.GetValueOrDefault(move.Id) + 1;
                else
                    Assert.Equal(before, await city.History.Find(fid));
            }
        }

        Assert.InRange(done.Count, 15, CaseMoves.All.Count);
        Assert.Empty(await city.Database.Rows(CaseOracle.Breaches));
        Assert.Equal(await city.Database.Rows(NotTakenOver(CaseOracle.Deadlines)), await city.Database.Rows(NotTakenOver(CaseOracle.Stored)));
    }

    // Half of them at random, half such that the case gets on.
    static (CaseMove Move, Caller Who) Any(Random random, CaseState state, Caller[] people)
    {
        var (move, who) = (CaseMoves.All[random.Next(CaseMoves.All.Count)], people[random.Next(people.Length)]);
        var open = CaseMoves.All.Where(one => one.IsPossible(state.Stage, state.Request) && one.Id is not ("void" or "self-handle")).ToList();
        if (random.Next(2) == 0 || open.Count == 0)
            return (move, who);
        move = open[random.Next(open.Count)];
        return (move, people.Where(one => one.May(move.Who)).OrderBy(_ => random.Next()).First());
    }

    static string NotTakenOver(string rows) => $"select * from ({rows}) one where fid not in (select fid from cases.move where move = 'take-over') order by 1";

    async Task<(string, string)> Stamp(CaseOutcome outcome)
    {
        Assert.True(outcome.IsDone, outcome.Refusal?.Sentence.En);
        var parts = Assert.Single(await city.Database.Rows($"select grid_code, department_code from gis.cases where fid = {outcome.State.Fid}")).Split('|');
        return (parts[0], parts[1]);
    }
}
