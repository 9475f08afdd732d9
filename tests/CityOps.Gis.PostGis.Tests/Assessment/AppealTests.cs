using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using Npgsql;
using Xunit;
using static CityOps.Gis.Tests.PostGis.Assessment.AssessmentCity;

namespace CityOps.Gis.Tests.PostGis.Assessment;

/// <summary>Appeals against what is counted, their answers, and photos of checks on the spot, over the cases of <see cref="AssessmentCity"/>. Each test has a city of its own: what is accepted changes its figures.</summary>
public sealed class AppealTests : IAsyncLifetime
{
    static readonly NewPhoto Photo = new([0xff, 0xd8, 0xff, 1, 2, 3], [0xff, 0xd8, 0xff, 1], 640, 480);
    static readonly Caller Officer = Of(Role.DepartmentOfficer, new() { Departments = ["11"] }), Others = Of(Role.DepartmentOfficer, new() { Departments = ["2"] }), Collector = Of(Role.GridManager, new() { Districts = ["350203"] }),
        Stranger = Of(Role.GridManager, new() { Districts = ["350206"] }), Leader = Of(Role.ShiftLeader, null), WestLeader = Of(Role.ShiftLeader, new() { Districts = ["350203"] }, "west"), Viewer = Of(Role.Viewer, null),
        Administrator = Of(Role.Administrator, null);

    readonly AssessmentCity _city = new();

    AppealDesk Desk => new(_city.Database.Source);
    AppealList List => new(_city.Database.Source);
    SpotChecks Checks => new(_city.Database.Source, PostGisDatabase.Catalog, Zone);
    CheckPhotos Photos => new(_city.Database.Source);

    public ValueTask InitializeAsync() => _city.InitializeAsync();

    public ValueTask DisposeAsync() => _city.DisposeAsync();

    [Fact]
    public async Task An_accepted_appeal_takes_the_case_out_of_the_indicator_and_of_no_other()
    {
        var id = await Made(Collector, await Grids("C", "grid-closing"));
        Assert.Equal("1/4=75 4/4=75 2/3=66.67 1/3=33.33 -3 52.83 D", (await _city.Sheet(AssessedKind.Grid, "2026-06"))[Grid]);
        Assert.Null((await Answer(Leader, id, true)).Refusal);

        Assert.Equal("1/4=75 4/4=75 2/2=100 1/3=33.33 -3 62.83 C", (await _city.Sheet(AssessedKind.Grid, "2026-06"))[Grid]);
        Assert.Equal("1/4=75 4/4=- 3/3=100 1/4=25 -3 56.38 D", (await _city.Sheet(AssessedKind.District, "2026-06"))["350203"]);
        Assert.Equal(["A", "B"], (await _city.Assessments.Cases(new(AssessedKind.Grid, Period("2026-06")), "grid-closing", Grid)).Select(one => one.Number).Order());
        // For everybody who counts it, also within a scope.
        Assert.Equal("1/4=75 4/4=75 2/2=100 1/3=33.33 -3 62.83 C", (await _city.Sheet(AssessedKind.Grid, "2026-06", caller: Collector))[Grid]);
        Assert.Equal("5/5=100 4/5=80 1/4=25 0/5=100 0 71.5 C", (await _city.Sheet(AssessedKind.Department, "2026-06"))["11"]);
    }

    [Fact]
    public async Task A_rejected_appeal_changes_nothing_and_another_one_may_be_made()
    {
        var id = await Made(Officer, await Departments("B", "department-handling-on-time"));
        Assert.Equal("appealed-already", (await Make(Officer, await Departments("B", "department-handling-on-time"))).Refusal?.Code);
        Assert.Null((await Answer(Leader, id, false)).Refusal);
        Assert.Equal("5/5=100 4/5=80 1/4=25 0/5=100 0 71.5 C", (await _city.Sheet(AssessedKind.Department, "2026-06"))["11"]);
        Assert.NotEqual(id, await Made(Officer, await Departments("B", "department-handling-on-time")));
    }

    [Fact]
    public async Task An_accepted_appeal_against_a_check_withdraws_it_and_the_feature_says_why()
    {
        var check = await Fid("assessments", "1");
        var id = await Made(Collector, new("当天台风，环卫停工。") { Check = check });
        Assert.Equal("当天台风，环卫停工。", await _city.Database.Value<string>($"select appeal from gis.assessments where fid = {check}"));
        Assert.False(await _city.Database.Value<bool>($"select withdrawn is true from gis.assessments where fid = {check}"));
        Assert.Null((await Answer(Leader, id, true)).Refusal);

        Assert.Equal("1/4=75 4/4=75 2/3=66.67 1/3=33.33 +2 57.83 D", (await _city.Sheet(AssessedKind.Grid, "2026-06"))[Grid]);
        Assert.Equal("nothing-counted", (await Make(Collector, new("再次申诉") { Check = check })).Refusal?.Code);
    }

    [Fact]
    public async Task Only_who_is_assessed_appeals()
    {
        var check = await Fid("assessments", "1");
        foreach (var caller in new[] { Leader, Viewer })
            Assert.Equal("not-allowed", (await Make(caller, new("理由") { Check = check })).Refusal?.Code);
        Assert.Equal("nothing-counted", (await Make(Stranger, new("理由") { Check = check })).Refusal?.Code);
        Assert.Equal("not-allowed", (await Make(Collector, await Departments("A", "department-closing"))).Refusal?.Code);
        Assert.Equal("nothing-counted", (await Make(Others, await Departments("A", "department-closing"))).Refusal?.Code);
        Assert.Equal("not-allowed", (await Make(Officer, await Grids("A", "grid-closing"))).Refusal?.Code);
        Assert.Equal("nothing-counted", (await Make(Collector, await Grids("A", "grid-closing") with { Object = Beside })).Refusal?.Code);
        Assert.Equal("not-allowed", (await Make(Administrator, await Grids("A", "leader-filed-on-time"))).Refusal?.Code);
        Assert.Equal("needs-reason", (await Make(Collector, await Grids("A", "grid-closing") with { Reason = " " })).Refusal?.Code);
        Assert.Equal(0, await _city.Database.Value<long>("select count(*) from assessment.appeal"));
    }

    [Fact]
    public async Task The_centre_answers_and_nobody_answers_his_own()
    {
        var id = await Made(Collector, await Grids("A", "grid-closing-on-time"));
        foreach (var caller in new[] { Collector, Officer, Viewer })
            Assert.Equal("not-allowed", (await Answer(caller, id, true)).Refusal?.Code);
        Assert.Equal("not-allowed", (await Answer(Of(Role.ShiftLeader, new() { Departments = ["11"] }), id, true)).Refusal?.Code);
        Assert.Equal("no-such-appeal", (await Answer(Of(Role.ShiftLeader, new() { Districts = ["350206"] }), id, true)).Refusal?.Code);
        Assert.Equal("needs-reason", (await Answer(Leader, id, true, "")).Refusal?.Code);
        Assert.Null((await Answer(WestLeader, id, false)).Refusal);
        Assert.Equal("somebody-was-faster", (await Answer(Leader, id, true)).Refusal?.Code);

        var own = await Made(Administrator, await Grids("B", "grid-closing-on-time"));
        Assert.Equal("four-eyes", (await Answer(Administrator, own, true)).Refusal?.Code);
        Assert.Null((await Answer(Leader, own, true)).Refusal);
    }

    [Fact]
    public async Task Who_made_an_appeal_takes_it_back_while_nobody_has_answered_and_nobody_else_does()
    {
        var check = await Fid("assessments", "1");
        var id = await Made(Collector, new("当天台风。") { Check = check });
        foreach (var caller in new[] { Leader, WestLeader, Administrator })
            Assert.Equal("not-allowed", (await TakenBack(caller, id)).Refusal?.Code);
        Assert.Equal("no-such-appeal", (await TakenBack(Stranger, id)).Refusal?.Code);
        Assert.Null((await TakenBack(Collector, id)).Refusal);
        Assert.Equal("somebody-was-faster", (await TakenBack(Collector, id)).Refusal?.Code);
        Assert.Equal("somebody-was-faster", (await Answer(Leader, id, true)).Refusal?.Code);

        Assert.Equal("withdrawn True False", Assert.Single(await _city.Database.Rows($"select a.state || ' ' || initcap((k.appeal is null)::text) || ' ' || initcap((k.withdrawn is true)::text) from assessment.appeal a join gis.assessments k on k.fid = a.check_fid where a.id = {id}")));
        Assert.Equal(["appeal-made", "appeal-withdrawn"], await _city.Database.Rows($"select kind from cityops.audit_entry where kind like 'appeal-%' and subject = '{id}' order by id"));
        var again = await Made(Collector, new("理由") { Check = check });
        Assert.Null((await Answer(Leader, again, true)).Refusal);
        Assert.Equal("somebody-was-faster", (await TakenBack(Collector, again)).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_kept_is_not_appealed_and_not_changed()
    {
        var (open, check) = (await Made(Collector, await Grids("C", "grid-closing")), await Made(Collector, new("理由") { Check = await Fid("assessments", "1") }));
        using (Leader.Enter())
            Assert.True(await _city.Periods.Close(Period("2026-06")));
        Assert.Equal("period-kept", (await Make(Collector, await Grids("A", "grid-closing"))).Refusal?.Code);
        Assert.Equal("period-kept", (await Make(Collector, new("理由") { Check = await Fid("assessments", "2") })).Refusal?.Code);
        Assert.Equal("period-kept", (await Answer(Leader, open, true)).Refusal?.Code);
        Assert.Equal("period-kept", (await Answer(Leader, check, true)).Refusal?.Code);
        Assert.Null((await Answer(Leader, open, false)).Refusal);
        Assert.Null((await TakenBack(Collector, check)).Refusal);
        Assert.Equal("1/4=75 4/4=75 2/3=66.67 1/3=33.33 -3 52.83 D", (await _city.Sheet(AssessedKind.Grid, "2026-06"))[Grid]);
    }

    [Fact]
    public async Task Appeals_and_photos_are_seen_by_who_sees_what_they_are_about_and_all_of_it_is_in_the_audit_log()
    {
        var token = Guid.NewGuid();
        var appeal = await Grids("A", "grid-closing") with { Photos = [Photo, Photo], Token = token };
        var id = await Made(Collector, appeal);
        Assert.Equal(id, await Made(Collector, appeal));
        await Answer(Leader, id, true);
        using (Officer.Enter())
        {
            var one = (await List.Find(id))!;
            Assert.Equal(("A", "grid-closing", Grid, AppealState.Accepted, "理由成立"), (one.Matter.Number, one.Matter.Indicator, one.Matter.Object, one.State, one.Answer));
            Assert.Equal(Photo.Small, await Photos.Find(one.Photos[1], isSmall: true));
        }
        var photo = await _city.Database.Value<Guid>("select id from assessment.photo limit 1");
        using (Stranger.Enter())
        {
            Assert.Null(await List.Find(id));
            Assert.Empty(await List.All(null));
            Assert.Null(await Photos.Find(photo, isSmall: false));
        }
        Assert.Equal(["appeal-made grid-manager", "appeal-answered shift-leader"], await _city.Database.Rows($"select kind || ' ' || who from cityops.audit_entry where kind like 'appeal-%' and subject = '{id}' order by id"));
    }

    [Fact]
    public async Task A_check_on_the_spot_is_written_down_with_its_photos_and_takes_its_points()
    {
        var outcome = await Check(WestLeader, new("垃圾桶满溢", -4, Period("2026-06")) { Aspect = Aspect.Clean, Place = (118.007, 24.402), Department = "11", Photos = [Photo] });
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Sentence.En);
        Assert.EndsWith("-4 51.56 D", (await _city.Sheet(AssessedKind.Grid, "2026-06"))[Beside], StringComparison.Ordinal);
        Assert.Contains(" -4 ", (await _city.Sheet(AssessedKind.Department, "2026-06"))["11"], StringComparison.Ordinal);
        using (WestLeader.Enter())
            Assert.Null((await Checks.Add(outcome.Id!.Value, [Photo])).Refusal);
        using (Officer.Enter())
        {
            var one = Assert.Single(await Checks.Of(new(AssessedKind.Department, Period("2026-06")), "11"));
            Assert.Equal(("垃圾桶满溢", -4.0, Aspect.Clean, 2, false), (one.Finding, one.Points, one.Aspect, one.Photos.Count, one.IsWithdrawn));
            Assert.Equal(Photo.Bytes, await Photos.Find(one.Photos[0], isSmall: false));
        }
        using (Stranger.Enter())
            Assert.Empty(await Checks.Of(new(AssessedKind.Grid, Period("2026-06")), Beside));
        Assert.Equal(1, await _city.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'feature-created' and layer_id = 'assessments' and fid = {outcome.Id}"));
        Assert.Equal(1, await _city.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'check-photographed' and fid = {outcome.Id}"));
    }

    [Fact]
    public async Task A_check_that_lacks_something_says_what()
    {
        var check = new NewSpotCheck("垃圾桶满溢", -4, Period("2026-06")) { Place = (118.007, 24.402) };
        Assert.Equal("not-allowed", (await Check(Collector, check)).Refusal?.Code);
        Assert.Equal("needs-finding", (await Check(Leader, check with { Finding = "" })).Refusal?.Code);
        Assert.Equal("needs-points", (await Check(Leader, check with { Points = 0 })).Refusal?.Code);
        Assert.Equal("needs-points", (await Check(Leader, check with { Points = double.NaN })).Refusal?.Code);
        Assert.Equal("needs-place", (await Check(Leader, check with { Place = null })).Refusal?.Code);
        Assert.Equal("unknown-department", (await Check(Leader, check with { Department = "x" })).Refusal?.Code);
        Assert.Equal("outside-scope", (await Check(WestLeader, check with { Place = (118.012, 24.402) })).Refusal?.Code);
        using (Leader.Enter())
            Assert.Equal("no-such-check", (await Checks.Add(-1, [Photo])).Refusal?.Code);
        using (Leader.Enter())
            await _city.Periods.Close(Period("2026-06"));
        Assert.Equal("period-kept", (await Check(Leader, check)).Refusal?.Code);
    }

    [Theory]
    [InlineData("update assessment.appeal set reason = 'other' where id = {0}", "CA422")]
    [InlineData("update assessment.appeal set state = 'accepted' where id = {0}", "23514")]
    [InlineData("update assessment.appeal set state = 'accepted', answer = 'x', answered_at = now(), answered_id = who_id, answered_by = 'x' where id = {0}", "CA406")]
    [InlineData("update assessment.appeal set state = 'withdrawn', answered_at = now(), answered_id = 'other', answered_by = 'x' where id = {0}", "CA405")]
    [InlineData("update assessment.appeal set state = 'withdrawn', answer = 'x', answered_at = now(), answered_id = who_id, answered_by = 'x' where id = {0}", "23514")]
    [InlineData("delete from assessment.appeal", "42501")]
    [InlineData("delete from assessment.photo", "42501")]
    [InlineData("insert into assessment.photo (id, appeal, position, width, height, bytes, small, who) values (gen_random_uuid(), {0}, 1, 1, 1, '\\xffd8ff', '\\xffd8ff', 'x')", "CA404")]
    [InlineData("insert into assessment.appeal (check_fid, period, reason, photos, who) select fid, '', 'x', 1, 'x' from gis.assessments where assessment_number = '2'", "CA422")]
    [InlineData("insert into assessment.appeal (check_fid, period, reason, who, state, answer, answered_at, answered_by) select fid, '', 'x', 'x', 'accepted', 'x', now(), 'x' from gis.assessments where assessment_number = '2'", "CA422")]
    public async Task No_statement_goes_past_the_rules(string statement, string state)
    {
        var id = await Made(Collector, await Grids("A", "grid-closing"));
        var fault = await Assert.ThrowsAsync<PostgresException>(() => _city.Database.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, id)));
        Assert.Equal(state, fault.SqlState);
    }

    [Fact]
    public async Task The_last_day_with_anything_to_rate_is_that_of_the_cases_which_the_caller_sees()
    {
        using (Leader.Enter())
            Assert.Equal(await _city.Database.Value<DateOnly>("select max((at at time zone 'Asia/Shanghai')::date) from (select unnest(array[filed_at, closed_at]) as at from gis.cases) one"), await _city.Assessments.LastDay());
        using (Stranger.Enter())
            Assert.Equal(new DateOnly(2026, 6, 1), await _city.Assessments.LastDay());
        await _city.Database.Run("update gis.cases set closed_at = now() + interval '1 year' where case_number = 'G'");
        using (Stranger.Enter())
            Assert.Equal(new DateOnly(2026, 6, 1), await _city.Assessments.LastDay());
    }

    [Fact]
    public async Task A_check_is_withdrawn_by_an_appeal_alone_and_not_by_an_edit()
    {
        using var _ = Administrator.Enter();
        await using var command = new CityOps.Gis.PostGis.CallerDatabase(_city.Database.Source).CreateCommand("update gis.assessments set withdrawn = true where assessment_number = '1'");
        var fault = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal((PostgresErrorCodes.CheckViolation, "ck_assessments_withdrawn"), (fault.SqlState, fault.ConstraintName));
    }

    static Caller Of(Role role, JurisdictionScope? scope, string? name = null) => new(name ?? role.Id, name ?? role.Id, role.Permissions, scope) { Roles = [role.Id] };

    Task<long> Fid(string layer, string number) => _city.Database.Value<long>($"select fid from gis.{layer} where {(layer == "cases" ? "case_number" : "assessment_number")} = '{number}'");

    async Task<NewAppeal> Grids(string number, string indicator) => new("当天台风。") { Case = await Fid("cases", number), Indicator = indicator, Object = Grid, Period = "2026-06" };

    async Task<NewAppeal> Departments(string number, string indicator) => await Grids(number, indicator) with { Object = "11" };

    async Task<AssessmentOutcome> Make(Caller caller, NewAppeal appeal)
    {
        using var _ = caller.Enter();
        return await Desk.Make(appeal);
    }

    async Task<long> Made(Caller caller, NewAppeal appeal)
    {
        var outcome = await Make(caller, appeal);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Sentence.En);
        return outcome.Id!.Value;
    }

    async Task<AssessmentOutcome> Answer(Caller caller, long id, bool isAccepted, string reason = "理由成立")
    {
        using var _ = caller.Enter();
        return await Desk.Answer(id, isAccepted, reason);
    }

    async Task<AssessmentOutcome> TakenBack(Caller caller, long id)
    {
        using var _ = caller.Enter();
        return await Desk.Withdraw(id);
    }

    async Task<AssessmentOutcome> Check(Caller caller, NewSpotCheck check)
    {
        using var _ = caller.Enter();
        return await Checks.Make(check);
    }
}
