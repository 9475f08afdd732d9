using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Queries;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Assessment.AssessmentCity;

namespace CityOps.Gis.Tests.PostGis.Assessment;

/// <summary>What counts for somebody himself, and his appeals against it, over the moves of July in <see cref="AssessmentCity"/>: those of the collector ann, and of op, lead and disp.</summary>
public sealed class OwnFiguresTests : IAsyncLifetime
{
    const string Grid = "350203";
    static readonly NewPhoto Photo = new([0xff, 0xd8, 0xff, 1, 2, 3], [0xff, 0xd8, 0xff, 1], 640, 480);
    static readonly AssessmentPeriod July = Period("2026-07");
    static readonly Caller Ann = Of(Role.GridManager, new() { Districts = [Grid] }, "ann"), Moved = Of(Role.GridManager, new() { Districts = ["350206"] }, "ann"), Lead = Of(Role.ShiftLeader, null, "lead"),
        Colleague = Of(Role.GridManager, new() { Districts = [Grid] }, "ben"), Centre = Of(Role.ShiftLeader, null, "centre"), West = Of(Role.ShiftLeader, new() { Districts = [Grid] }, "west"),
        East = Of(Role.ShiftLeader, new() { Districts = ["350206"] }, "east"), OfDepartment = Of(Role.ShiftLeader, new() { Departments = ["11"] }, "dept"), Analyst = Of(Role.Analyst, null, "analyst");

    readonly AssessmentCity _city = new();

    OwnFigures Figures => new(_city.Database.Source, _city.Assessments, Zone);
    AppealDesk Desk => new(_city.Database.Source);
    AppealList List => new(_city.Database.Source);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Theory]
    [InlineData("ann", AssessedKind.Collector, "collector-valid 1/2, collector-confirmed-on-time 0/1, collector-inspected-on-time 1/1")]
    [InlineData("op", AssessedKind.Operator, "operator-accepted 1/1, operator-confirmation-orders 1/1, operator-inspection-orders 1/1")]
    [InlineData("lead", AssessedKind.ShiftLeader, "leader-filed-on-time 1/2, leader-filed-correctly 1/2, leader-closed-on-time 0/1")]
    [InlineData("disp", AssessedKind.Dispatcher, "dispatcher-dispatched 1/1, dispatcher-dispatched-on-time 1/1, dispatcher-dispatched-correctly 0/1")]
    public async Task Own_figures_are_those_that_who_evaluates_the_whole_city_sees(string who, AssessedKind kind, string sheet)
    {
        var own = Assert.Single((await Of(Of(Role.GridManager, new() { Districts = [Grid] }, who))).Ratings);
        Assert.Equal((kind, sheet), (own.Kind, Text(own)));
        using (Centre.Enter())
        {
            var rating = (await _city.Assessments.Of(new(kind, July))).Ratings.Single(one => one.Code == who);
            Assert.Equal((rating.Total, rating.RatedWeight), (own.Rating.Total, own.Rating.RatedWeight));
            Assert.Equal(rating.Figures, own.Rating.Figures);
        }
    }

    [Fact]
    public async Task A_step_in_time_is_one_before_the_deadline_that_its_stage_had()
    {
        var sums = await _city.Database.Rows("""
            select count(*) filter (where made.at <= before.stage_deadline) || '/' || count(*) from cases.move made join cases.move before on before.fid = made.fid and before.number = made.number - 1
            where made.who_id = 'ann' and made.move in ('confirm', 'inspect') and made.at >= '2026-07-01 00:00+08' and made.at < '2026-08-01 00:00+08' group by made.move order by made.move
            """);
        var figures = (await Of(Ann)).Ratings.Single().Rating.Figures;
        Assert.Equal(sums, figures.Where(one => one.Indicator.EndsWith("-on-time", StringComparison.Ordinal)).Select(one => $"{one.Counted}/{one.Of}"));
    }

    [Fact]
    public async Task Somebody_else_sees_nothing_of_them_and_a_month_before_has_none()
    {
        foreach (var caller in new[] { Colleague, Centre, Analyst, Caller.Nobody })
        {
            Assert.Empty((await Of(caller)).Ratings);
            using var _ = caller.Enter();
            Assert.Empty((await Figures.Cases(July, "collector-valid")).Cases);
            Assert.Null(await Figures.LastDay());
            Assert.Null(await Figures.Place(AssessedKind.Collector, July));
        }
        using (Ann.Enter())
        {
            Assert.Empty((await Figures.Of(July.Previous)).Ratings);
            Assert.Equal(new DateOnly(2026, 7, 7), await Figures.LastDay());
        }
    }

    [Fact]
    public async Task Behind_a_figure_are_its_cases_those_that_do_not_count_first()
    {
        using var _ = Ann.Enter();
        var behind = await Figures.Cases(July, "collector-valid");
        Assert.Equal([("R", false), ("P", true)], behind.Cases.Select(one => (one.Number, one.Counts)));
        Assert.Equal(0, behind.Unseen);
        Assert.Empty((await Figures.Cases(July, "grid-filed")).Cases);
        Assert.Empty((await Figures.Cases(July, "no-such")).Cases);
    }

    [Fact]
    public async Task Whose_scope_has_changed_keeps_his_figures_and_is_told_how_many_cases_he_sees_no_longer()
    {
        Assert.Equal(Text((await Of(Ann)).Ratings.Single()), Text((await Of(Moved)).Ratings.Single()));
        await _city.Database.Run("update gis.cases set geom = ST_SetSRID(ST_MakePoint(118.012, 24.402), 4490) where case_number = 'R'");
        using var _ = Moved.Enter();
        var behind = await Figures.Cases(July, "collector-valid");
        Assert.Equal(("R", 1L), (Assert.Single(behind.Cases).Number, behind.Unseen));
    }

    [Fact]
    public async Task Kept_figures_are_his_too_and_change_no_more()
    {
        var before = (await Of(Ann)).Ratings.Single();
        using (Centre.Enter())
            Assert.True(await _city.Periods.Close(July));
        await _city.Database.Run("update assessment.indicator set weight = 5 where id = 'collector-valid'");
        foreach (var caller in new[] { Ann, Moved, Of(Role.Viewer, null, "ann") })
        {
            var month = await Of(caller);
            Assert.NotNull(month.ClosedAt);
            Assert.Equal(before.Rating.Figures, month.Ratings.Single().Rating.Figures);
        }
        foreach (var caller in new[] { Colleague, Analyst })
            Assert.Empty((await Of(caller)).Ratings);
    }

    [Fact]
    public async Task A_place_is_told_where_at_least_five_are_rated()
    {
        await Reports(3);
        using (Ann.Enter())
            Assert.Null(await Figures.Place(AssessedKind.Collector, July));
        await Reports(4);
        using (Ann.Enter())
            Assert.Equal(new OwnPlace(5, 5), await Figures.Place(AssessedKind.Collector, July));
        // Equal totals share a place; a scope that sees nothing changes none.
        using (Of(Role.GridManager, new() { Districts = ["350206"] }, "c2").Enter())
            Assert.Equal(new OwnPlace(1, 5), await Figures.Place(AssessedKind.Collector, July));
        using (Centre.Enter())
        {
            Assert.Null(await Figures.Place(AssessedKind.Collector, July));
            await _city.Periods.Close(July);
        }
        using (Ann.Enter())
        {
            Assert.Equal(new OwnPlace(5, 5), await Figures.Place(AssessedKind.Collector, July));
            Assert.Null(await Figures.Place(AssessedKind.Grid, July));
        }
    }

    [Fact]
    public async Task An_accepted_appeal_takes_the_step_out_for_everybody_who_counts_it_and_out_of_no_other_indicator()
    {
        var id = await Made(Ann, "R", "collector-valid");
        Assert.Null((await Answer(West, id, true)).Refusal);

        const string Sheet = "collector-valid 1/1, collector-confirmed-on-time 0/1, collector-inspected-on-time 1/1";
        Assert.Equal(Sheet, Text((await Of(Ann)).Ratings.Single()));
        // Also for those who may not read the appeal.
        foreach (var caller in new[] { null, Centre, West, Colleague })
            Assert.Equal("1/1=100 0/1=0 1/1=100 0 75 B", (await _city.Sheet(AssessedKind.Collector, "2026-07", caller: caller))["ann"]);
        using (Ann.Enter())
            Assert.Equal("P", Assert.Single((await Figures.Cases(July, "collector-valid")).Cases).Number);
        Assert.Equal("1/2=50 1/2=50 0/1=0 0 32.5 E", (await _city.Sheet(AssessedKind.ShiftLeader, "2026-07"))["lead"]);
        using (Centre.Enter())
            await _city.Periods.Close(July);
        Assert.Equal(Sheet, Text((await Of(Ann)).Ratings.Single()));
        Assert.Equal(["appeal-made ann", "appeal-answered west"], await _city.Database.Rows($"select kind || ' ' || who from cityops.audit_entry where kind like 'appeal-%' and subject = '{id}' order by id"));
    }

    [Fact]
    public async Task Only_whose_step_it_is_appeals_and_somebody_else_answers()
    {
        foreach (var caller in new[] { Colleague, Centre, Of(Role.Administrator, null, "admin"), Of(Role.DepartmentOfficer, new() { Departments = ["11"] }, "officer") })
            Assert.Equal("not-allowed", (await Make(caller, "R", "collector-valid", "ann")).Refusal?.Code);
        Assert.Equal("nothing-counted", (await Make(Colleague, "R", "collector-valid", "ben")).Refusal?.Code);
        Assert.Equal("nothing-counted", (await Make(Moved, "R", "collector-valid", "ann")).Refusal?.Code);
        Assert.Equal("nothing-counted", (await Make(Ann, "Q", "collector-valid", "ann")).Refusal?.Code);

        // Whatever he may today: of whoever made the step.
        var own = await Made(Of(Role.Viewer, null, "lead"), "Q", "leader-filed-correctly");
        Assert.Equal("appealed-already", (await Make(Lead, "Q", "leader-filed-correctly", "lead")).Refusal?.Code);
        Assert.Equal("four-eyes", (await Answer(Lead, own, true)).Refusal?.Code);
        Assert.Equal("not-allowed", (await Withdraw(Centre, own)).Refusal?.Code);
        Assert.Null((await Withdraw(Lead, own)).Refusal);
        own = await Made(Lead, "Q", "leader-filed-correctly");
        Assert.Null((await Answer(Centre, own, false)).Refusal);
        Assert.Equal("1/2=50 1/2=50 0/1=0 0 32.5 E", (await _city.Sheet(AssessedKind.ShiftLeader, "2026-07"))["lead"]);
    }

    [Fact]
    public async Task A_month_that_is_kept_is_not_appealed()
    {
        var open = await Made(Ann, "R", "collector-valid");
        using (Centre.Enter())
            await _city.Periods.Close(July);
        Assert.Equal("period-kept", (await Make(Ann, "P", "collector-confirmed-on-time", "ann")).Refusal?.Code);
        Assert.Equal("period-kept", (await Answer(Centre, open, true)).Refusal?.Code);
        Assert.Null((await Withdraw(Ann, open)).Refusal);
    }

    [Fact]
    public async Task An_appeal_against_a_step_is_read_by_the_person_and_the_centre_alone()
    {
        var id = await Made(Ann, "R", "collector-valid");
        var photo = await _city.Database.Value<Guid>("select id from assessment.photo limit 1");
        foreach (var (caller, sees) in new[]
        {
            (Ann, true), (Moved, true), (Of(Role.Viewer, null, "ann"), true), (Centre, true), (West, true), (East, false), (OfDepartment, false), (Colleague, false), (Analyst, false), (Of(Role.GridManager, null, "all"), false),
            (Of(Role.DepartmentOfficer, new() { Departments = ["11"] }, "officer"), false),
        })
        {
            using var _ = caller.Enter();
            Assert.Equal((sees, sees ? 1 : 0, sees ? 1L : 0L, sees), (await List.Find(id) is not null, (await List.All(null)).Count, await List.Open(), await new CheckPhotos(_city.Database.Source).Find(photo, isSmall: true) is not null));
        }
        using (Centre.Enter())
        {
            var matter = (await List.Find(id))!.Matter;
            Assert.Equal((AssessedKind.Collector, "ann", "ann", "R"), (matter.Kind, matter.Object, matter.ObjectName, matter.Number));
            Assert.Equal(id, (await _city.Assessments.Cases(new(AssessedKind.Collector, July), "collector-valid", "ann"))[0].Appeal);
        }
        using (Moved.Enter())
            Assert.Equal("", (await List.Find(id))!.Matter.Number);
        using (Ann.Enter())
        {
            Assert.Equal(id, (await Figures.Cases(July, "collector-valid")).Cases[0].Appeal);
            Assert.Equal("ann", (await List.OfCase("collector-valid", "ann", await Fid("P")))?.ObjectName);
        }
        using (Colleague.Enter())
            Assert.Null(await List.OfCase("collector-valid", "ann", await Fid("P")));
    }

    [Fact]
    public async Task No_statement_appeals_in_the_name_of_another()
    {
        const string Insert = "insert into assessment.appeal (indicator, object, case_fid, period, reason, who_id, who) values ('collector-valid', 'ann', {0}, '2026-07', 'x', {1}, 'x')";
        var fid = await Fid("R");
        foreach (var who in new[] { "'ben'", "null" })
            Assert.Equal("CA403", (await Assert.ThrowsAsync<PostgresException>(() => _city.Database.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, Insert, fid, who)))).SqlState);
        // On a connection that was told that ben asks.
        await using var connection = await _city.Database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select set_config('cityops.person', 'ben', false), set_config('role', 'cityops_city', false); " + string.Format(System.Globalization.CultureInfo.InvariantCulture, Insert, fid, "'ann'"), connection);
        Assert.Equal("CA403", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
    }

    static Caller Of(Role role, JurisdictionScope? scope, string id) => new(id, id, role.Permissions, scope) { Roles = [role.Id] };

    static string Text(OwnRating own) => string.Join(", ", own.Rating.Figures.Select(one => $"{one.Indicator} {one.Counted}/{one.Of}"));

    // A collector more who has reported one case that was filed; running it again adds those that are not there.
    Task Reports(int collectors) => _city.Database.Run($"""
        do $$ declare one record; begin for one in
            select 'T' || n as number, 'c' || n as who from generate_series(1, {collectors}) n where not exists (select from gis.cases c where c.case_number = 'T' || n)
        loop
            insert into gis.cases (case_number, class_table, class_code, case_source, status, occurred_at, geom) values (one.number, 'gbt47678.5-2026', '06012', 'collector', 'collect', '2026-07-01', ST_SetSRID(ST_MakePoint(118.002, 24.402), 4490));
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, stage_deadline)
            select fid, 1, '2026-07-08 08:00+08', 'report', '', 'collect', one.who, one.who, '说明', '2026-07-08 08:30+08'::timestamptz from gis.cases where case_number = one.number;
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who_id, who, note, stage_deadline)
            select fid, 2, '2026-07-08 08:10+08', 'file', 'collect', 'file', 'boss', 'boss', '说明', null from gis.cases where case_number = one.number;
        end loop; end $$
        """);

    async Task<OwnMonth> Of(Caller caller)
    {
        using var _ = caller.Enter();
        return await Figures.Of(July);
    }

    Task<long> Fid(string number) => _city.Database.Value<long>($"select fid from gis.cases where case_number = '{number}'");

    async Task<AssessmentOutcome> Make(Caller caller, string number, string indicator, string whose)
    {
        var fid = await Fid(number);
        using var _ = caller.Enter();
        return await Desk.Make(new("当时无信号。") { Case = fid, Indicator = indicator, Object = whose, Period = "2026-07", Photos = [Photo] });
    }

    async Task<long> Made(Caller caller, string number, string indicator)
    {
        var outcome = await Make(caller, number, indicator, caller.Id!);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Sentence.En);
        return outcome.Id!.Value;
    }

    async Task<AssessmentOutcome> Answer(Caller caller, long id, bool isAccepted)
    {
        using var _ = caller.Enter();
        return await Desk.Answer(id, isAccepted, "理由");
    }

    async Task<AssessmentOutcome> Withdraw(Caller caller, long id)
    {
        using var _ = caller.Enter();
        return await Desk.Withdraw(id);
    }
}
