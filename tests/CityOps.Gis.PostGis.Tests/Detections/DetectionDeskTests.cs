using CityOps.Gis.Access;
using CityOps.Gis.Detections;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Tests.PostGis.Cameras;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Detections;

/// <summary>What people decide about scenes, and that a case is not closed while its camera still sees what it is about.</summary>
public sealed class DetectionDeskTests(CameraCity city) : IClassFixture<CameraCity>
{
    [Fact]
    public async Task Confirming_files_the_case_once_at_the_place_with_the_surest_picture()
    {
        var scene = await Seen("vehicle-parking", CameraCity.Picture(9));
        Assert.Null(await As(CameraCity.Manager, desk => desk.Confirm(scene)));
        Assert.Equal("somebody-was-faster", (await As(CameraCity.Leader, desk => desk.Confirm(scene)))?.Code);

        Assert.Equal("confirmed|机动车占道停放|09009|camera|\\xffd8ff09|True|grid-manager", Assert.Single(await city.Database.Rows($"""
            select f.status, c.title, c.class_code, c.case_source, p.bytes::text, ST_Equals(c.geom, f.geom) and c.occurred_at = s.first_seen and f.case_number = c.case_number, s.decided_by
            from gis.detections f join detections.scene s using (fid) join gis.cases c on c.fid = s.case_fid join cases.photo p on p.fid = c.fid where f.fid = {scene}
            """)));
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'detection-confirmed' and fid = {scene}"));
    }

    [Fact]
    public async Task What_is_rejected_is_off_the_map_and_its_repeats_are_asked_about_no_more()
    {
        var scene = await Seen("street-vendor");
        Assert.Null(await As(CameraCity.Manager, desk => desk.Reject(scene, "合法摊位")));
        Assert.Equal("merged", (await city.Sees("street-vendor", 1)).Outcome);

        using var _ = CameraCity.Manager.Enter();
        Assert.Empty(await city.Detections.List(new(Kind: "street-vendor"), TestContext.Current.CancellationToken));
        var rejected = Assert.Single(await city.Detections.List(new(DetectionState.Rejected, "street-vendor"), TestContext.Current.CancellationToken));
        Assert.Equal((2, "合法摊位"), (rejected.Times, rejected.Note));
    }

    [Fact]
    public async Task Who_does_not_see_a_scene_or_may_not_decide_does_not_and_gets_no_picture()
    {
        var scene = await Seen("trading-outside", CameraCity.Picture(1));

        Assert.Equal("no-such-detection", (await As(CameraCity.Stranger, desk => desk.Confirm(scene)))?.Code);
        Assert.Equal("not-allowed", (await As(CameraCity.Viewer, desk => desk.Reject(scene)))?.Code);
        using (CameraCity.Stranger.Enter())
        {
            Assert.Null(await city.Detections.Find(scene, TestContext.Current.CancellationToken));
            Assert.Null(await city.Detections.Picture(scene, false, false, TestContext.Current.CancellationToken));
            Assert.DoesNotContain(await city.Detections.List(new(), TestContext.Current.CancellationToken), one => one.Grid?.StartsWith("350203", StringComparison.Ordinal) == true);
        }
        using (CameraCity.Viewer.Enter())
            Assert.NotNull(await city.Detections.Picture(scene, true, true, TestContext.Current.CancellationToken));
    }

    // The second lock: statements that carry no scope at all.
    [Theory]
    [InlineData("detections.scene")]
    [InlineData("detections.picture")]
    [InlineData("detections.sighting")]
    [InlineData("cameras.snapshot")]
    public async Task A_statement_that_forgot_the_scope_gets_nothing_of_another_district(string table)
    {
        await Seen("trading-on-road", CameraCity.Picture(2));
        await city.Database.Run($"insert into cameras.snapshot select {await city.Camera(CameraCity.Western)}, now(), 1, 1, '\\xffd8ff', '\\xffd8ff' on conflict do nothing");
        Assert.True(await Count(CameraCity.Manager, table) > 0);
        Assert.Equal(0, await Count(CameraCity.Stranger, table));
        Assert.Equal(0, await Count(Caller.Nobody, table));
    }

    [Fact]
    public async Task A_case_is_closed_when_the_camera_sees_it_no_more_and_not_before()
    {
        var (scene, fed) = await FedBack("bike-parking");
        Assert.Equal("still-seen", (await city.Move(CameraCity.Leader, fed, "close")).Refusal?.Code);
        await city.Store.Clear(await city.Camera(CameraCity.Western), "bike-parking", DateTimeOffset.UtcNow.AddMinutes(-3), TestContext.Current.CancellationToken);
        Assert.False((await Find(scene)).IsThere);
        // Seen again after the clear frame, days later or at once, it is still there.
        Assert.Equal(new SightingOutcome(scene, "merged"), await city.Sees("bike-parking", 2));
        Assert.True((await Find(scene)).IsThere);
        Assert.Equal("still-seen", (await city.Move(CameraCity.Leader, fed, "close")).Refusal?.Code);
        await city.Store.Clear(await city.Camera(CameraCity.Western), null, DateTimeOffset.UtcNow.AddMinutes(-1), TestContext.Current.CancellationToken);
        Assert.True((await city.Move(CameraCity.Leader, fed, "close")).IsDone);
        Assert.Equal("new", (await city.Sees("bike-parking", 0)).Outcome);
    }

    [Fact]
    public async Task Who_has_looked_by_the_camera_says_that_it_is_gone_and_stands_for_it()
    {
        var (scene, fed) = await FedBack("fire-lane");
        Assert.Equal("no-such-detection", (await As(CameraCity.Stranger, desk => desk.Check(scene)))?.Code);
        Assert.Null(await As(CameraCity.Manager, desk => desk.Check(scene)));

        var one = await Find(scene);
        Assert.Equal((false, "grid-manager"), (one.IsThere, one.CheckedBy));
        Assert.True((await city.Move(CameraCity.Leader, fed, "close")).IsDone);
        Assert.Equal(1, await city.Database.Value<long>($"select count(*) from cityops.audit_entry where kind = 'detection-checked' and fid = {scene}"));
    }

    [Fact]
    public async Task Where_a_rule_has_a_quiet_time_silence_says_that_it_is_gone()
    {
        await city.Database.Run("update detections.rule set gone_minutes = 20 where kind = 'laundry'");
        var scene = (await city.Sees("laundry", 30)).Scene!.Value;
        Assert.False((await Find(scene)).IsThere);
        Assert.Equal("merged", (await city.Sees("laundry", 5)).Outcome);
        Assert.True((await Find(scene)).IsThere);
    }

    async Task<long> Seen(string kind, CityOps.Gis.PostGis.Cases.NewPhoto? picture = null) => (await city.Sees(kind, 10, picture: picture)).Scene!.Value;

    async Task<(long Scene, long Case)> FedBack(string kind)
    {
        var scene = await Seen(kind);
        Assert.Null(await As(CameraCity.Manager, desk => desk.Confirm(scene)));
        var fid = await city.Database.Value<long>($"select case_fid from detections.scene where fid = {scene}");
        foreach (var (who, move) in new[] { (CameraCity.Leader, "file"), (CameraCity.Dispatcher, "dispatch"), (CameraCity.Officer, "accept"), (CameraCity.Officer, "feed-back") })
            Assert.Null((await city.Move(who, fid, move)).Refusal);
        return (scene, fid);
    }

    async Task<SeenScene> Find(long scene) => (await city.Detections.Find(scene, TestContext.Current.CancellationToken))!;

    async Task<DetectionRefusal?> As(Caller caller, Func<DetectionDesk, Task<DetectionRefusal?>> decide)
    {
        using var _ = caller.Enter();
        return await decide(city.Desk);
    }

    async Task<long> Count(Caller caller, string from)
    {
        using var _ = caller.Enter();
        await using var command = new CityOps.Gis.PostGis.CallerDatabase(city.Source).CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
