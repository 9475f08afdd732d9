using CityOps.Gis.Detections;
using CityOps.Gis.Tests.PostGis.Cameras;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Detections;

/// <summary>What becomes of sightings: one scene for what is seen again, nothing for what is unsure, nothing twice. Each test has a kind of its own.</summary>
public sealed class SightingTests(CameraCity city) : IClassFixture<CameraCity>
{
    [Fact]
    public async Task What_is_seen_again_at_its_place_is_one_scene_with_a_count_and_two_times()
    {
        var first = await city.Sees("bin-overflow", 100, new(0.4, 0.4, 0.2, 0.2), 0.7);
        var again = await city.Sees("bin-overflow", 40, new(0.42, 0.4, 0.2, 0.2), 0.9);
        var late = await city.Sees("bin-overflow", 70, new(0.41, 0.4, 0.2, 0.2), 0.8);
        var beside = await city.Sees("bin-overflow", 39, new(0.7, 0.4, 0.2, 0.2));
        var other = await city.Sees("laundry", 39, new(0.42, 0.4, 0.2, 0.2));
        var across = await city.Sees("bin-overflow", 39, new(0.42, 0.4, 0.2, 0.2), camera: CameraCity.Eastern);
        var later = await city.Sees("bin-overflow", -400, new(0.42, 0.4, 0.2, 0.2));

        Assert.Equal(["new", "merged", "merged", "new", "new", "new", "new"], new[] { first, again, late, beside, other, across, later }.Select(one => one.Outcome));
        Assert.Equal(first.Scene, again.Scene);
        Assert.Equal("3|0.9|0.42|60|waiting|06042|350203", Assert.Single(await city.Database.Rows($"""
            select f.times, f.confidence, s.x, round(extract(epoch from f.last_seen - f.occurred_at) / 60), f.status, f.class_code, f.district_code from gis.detections f join detections.scene s using (fid) where fid = {first.Scene}
            """)));
        Assert.Equal(0, await city.Database.Value<long>($"select count(*) from gis.detections_history where fid = {first.Scene}"));
    }

    [Fact]
    public async Task A_sighting_that_comes_twice_is_one_and_one_that_is_unsure_is_counted()
    {
        var sent = new[]
        {
            await city.Sees("small-advertisements", 10, message: "7"), await city.Sees("small-advertisements", 10, message: "7"), await city.Sees("small-advertisements", 9, confidence: 0.69, message: "8"),
            await city.Sees("small-advertisements", 9, confidence: 0.69, message: "8"), await city.Sees("small-advertisements", 9, message: "7", camera: CameraCity.Eastern),
        };

        Assert.Equal(["new", "repeated", "dropped", "repeated", "new"], sent.Select(one => one.Outcome));
        Assert.Equal(sent[0].Scene, sent[1].Scene);
        Assert.Null(sent[3].Scene);
        using var _ = CameraCity.Manager.Enter();
        Assert.Equal(1, (await city.Detections.Dropped(TestContext.Current.CancellationToken))["small-advertisements"]);
    }

    [Fact]
    public async Task Of_many_at_once_each_is_of_the_one_scene()
    {
        var sent = await Task.WhenAll(Enumerable.Range(0, 24).Select(at => city.Sees("refuse-heap", 30 - at)));

        Assert.Single(sent, one => one.Outcome == "new");
        Assert.Equal(24, await city.Database.Value<long>($"select times from gis.detections where fid = {Assert.Single(sent.Select(one => one.Scene).Distinct())}"));
    }

    [Fact]
    public async Task The_surest_picture_and_the_last_one_are_kept()
    {
        foreach (var (minutes, confidence, number) in new[] { (50.0, 0.7, (byte)1), (40, 0.95, (byte)2), (30, 0.8, (byte)3), (20, 0.75, (byte)4), (35, 0.65, (byte)5) })
            await city.Sees("exposed-refuse", minutes, new(0.4, 0.4, 0.2 + number / 100.0, 0.2), confidence, picture: CameraCity.Picture(number));

        Assert.Equal(["surest|\\xffd8ff02|0.22", "last|\\xffd8ff04|0.24"], await city.Database.Rows("""
            select p.which, p.bytes::text, round(p.w::numeric, 2) from detections.picture p join detections.scene s on s.fid = p.scene where s.kind = 'exposed-refuse' order by p.which desc
            """));
    }

    [Fact]
    public async Task A_clear_frame_ends_what_waits_and_an_older_one_does_not()
    {
        var scene = (await city.Sees("piled-objects", 60)).Scene;
        var camera = await city.Camera(CameraCity.Western);

        Assert.Equal(0, await city.Store.Clear(camera, "piled-objects", DateTimeOffset.UtcNow.AddMinutes(-70), TestContext.Current.CancellationToken));
        Assert.Equal(0, await city.Store.Clear(camera, "fire-lane", DateTimeOffset.UtcNow, TestContext.Current.CancellationToken));
        Assert.Equal(1, await city.Store.Clear(camera, "piled-objects", DateTimeOffset.UtcNow.AddMinutes(-10), TestContext.Current.CancellationToken));
        Assert.Equal("gone", await city.Database.Value<string>($"select status from gis.detections where fid = {scene}"));
        Assert.Equal("new", (await city.Sees("piled-objects", 5)).Outcome);
    }

    // Another way to the same number: counted over the cells of a raster.
    [Fact]
    public async Task The_overlap_of_two_boxes_is_their_shared_area_over_what_they_cover()
    {
        var random = new Random(99);
        for (var turn = 0; turn < 40; turn++)
        {
            int[] Box() => [random.Next(0, 15), random.Next(0, 15), random.Next(1, 6), random.Next(1, 6)];
            var (one, other) = (Box(), Box());
            HashSet<(int, int)> Cells(int[] box) => [.. from x in Enumerable.Range(box[0], box[2]) from y in Enumerable.Range(box[1], box[3]) select (x, y)];
            var expected = (double)Cells(one).Intersect(Cells(other)).Count() / Cells(one).Union(Cells(other)).Count();
            Assert.Equal(expected, await city.Database.Value<double>($"select detections.overlap({string.Join(", ", one.Concat(other).Select(value => $"{value} / 20.0"))})"), 1e-9);
        }
    }

    [Theory]
    [InlineData("status = 'confirmed'")]
    [InlineData("times = 99")]
    [InlineData("kind = 'laundry', occurred_at = now()")]
    public async Task What_a_scene_says_nobody_writes_otherwise_on_its_feature(string change)
    {
        var scene = (await city.Sees("outdoor-advertising", 60)).Scene;
        const string Said = "select status, times >= 1 and times < 99, kind, occurred_at < now() - interval '30 minutes' from gis.detections where fid = ";
        await city.Database.Run($"update gis.detections set {change} where fid = {scene}");

        Assert.Equal("waiting|True|outdoor-advertising|True", Assert.Single(await city.Database.Rows(Said + scene)));
    }

    [Fact]
    public async Task A_rule_is_changed_by_administrators_alone_and_holds_from_then_on()
    {
        var rule = (await new CityOps.Gis.PostGis.Detections.DetectionRules(city.Source).All(TestContext.Current.CancellationToken)).Single(one => one.Kind == "shared-bikes");
        var rules = new CityOps.Gis.PostGis.Detections.DetectionRules(city.Source);
        using (CameraCity.Leader.Enter())
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => rules.Set(rule with { LeastConfidence = 0.2 }, TestContext.Current.CancellationToken));
        using (CameraCity.Administrator.Enter())
            await rules.Set(rule with { LeastConfidence = 0.2, GoneMinutes = 5 }, TestContext.Current.CancellationToken);

        Assert.Equal("new", (await city.Sees("shared-bikes", 10, confidence: 0.3)).Outcome);
        Assert.Equal(1, await city.Database.Value<long>("select count(*) from cityops.audit_entry where kind = 'detection-rules-changed' and subject = 'shared-bikes'"));
        Assert.False(new DetectionRule("x", "06", 0.5, 10, 0.5, null, true).IsPossible);
    }
}
