using System.Globalization;
using CityOps.Gis.Cameras;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Cameras;

/// <summary>Which cameras see a place and what a camera sees, held against plain statements over distances and azimuths on the ellipsoid.</summary>
public sealed class CameraSightTests(CameraCity city) : IClassFixture<CameraCity>
{
    const int Seed = 7_119;

    [Fact]
    public async Task Of_random_places_those_cameras_see_them_that_PostGIS_says_do_the_nearest_first()
    {
        var (random, total) = (new Random(Seed), 0L);
        for (var turn = 0; turn < 120; turn++)
        {
            var (longitude, latitude) = (117.995 + random.NextDouble() * 0.022, 24.399 + random.NextDouble() * 0.012);
            var (count, first) = await city.Sight.Seeing(longitude, latitude, cancel: TestContext.Current.CancellationToken);
            var expected = await city.Database.Rows(string.Create(CultureInfo.InvariantCulture, $"""
                with camera as (select fid, direction, field_of_view, range_m, geom::geography as place, ST_SetSRID(ST_MakePoint({longitude}, {latitude}), 4490)::geography as spot from gis.cameras where range_m > 0 and field_of_view > 0)
                select fid from camera where ST_DWithin(place, spot, range_m)
                    and (field_of_view >= 360 or acos(least(1, greatest(-1, cos(ST_Azimuth(place, spot) - radians(direction))))) <= radians(field_of_view) / 2)
                order by ST_Distance(place, spot), fid
                """));
            Assert.True(expected.SequenceEqual(first.Select(one => one.Fid.ToString(CultureInfo.InvariantCulture))) && count == expected.Count, $"Seed {Seed}, turn {turn}: {longitude} {latitude}");
            total += count;
        }
        Assert.True(total > 1_000, $"{total} cameras saw the places in all, which proves little.");
    }

    [Fact]
    public async Task Of_random_cameras_those_cameras_lie_in_the_sector_that_PostGIS_says_do()
    {
        var layer = city.Catalog.Find("cameras")!;
        var (random, total) = (new Random(Seed), 0L);
        for (var turn = 0; turn < 60; turn++)
        {
            var view = new CameraView(117.996 + random.NextDouble() * 0.018, 24.401 + random.NextDouble() * 0.008, random.Next(-90, 450), random.Next(20, 361), random.Next(50, 900));
            var found = (await city.Sight.Sees(view, 0, layer, 500, TestContext.Current.CancellationToken)).Found;
            // What lies within 40 cm of an edge may be on either side of a chord of the arc.
            var expected = await city.Database.Rows(string.Create(CultureInfo.InvariantCulture, $"""
                with one as (select fid, ST_Distance(geom::geography, me) as meters, abs(degrees(acos(least(1, greatest(-1, cos(ST_Azimuth(me, geom::geography) - radians({view.Direction}))))))) as aside
                    from gis.cameras, (select ST_SetSRID(ST_MakePoint({view.Longitude}, {view.Latitude}), 4490)::geography as me) camera)
                select fid, meters < {view.RangeMeters} - 0.4 and ({view.Opening} >= 360 or aside < {view.Opening} / 2.0 - degrees(0.4 / greatest(meters, 0.5))) from one
                where meters <= {view.RangeMeters} + 0.4 and ({view.Opening} >= 360 or aside <= {view.Opening} / 2.0 + degrees(0.4 / greatest(meters, 0.5)))
                """));
            var seen = found.First.Select(one => one.Feature.Fid.ToString(CultureInfo.InvariantCulture)).ToHashSet();
            Assert.Empty(seen.Except(expected.Select(row => row.Split('|')[0])));
            Assert.Empty(expected.Where(row => row.EndsWith("|True", StringComparison.Ordinal)).Select(row => row.Split('|')[0]).Except(seen));
            Assert.Equal(seen.Count, found.Count);
            total += found.Count;
        }
        Assert.True(total > 1_000, $"{total} were seen in all, which proves little.");
    }

    [Fact]
    public async Task Only_cameras_of_the_own_scope_are_told_and_only_features_of_it_are_seen()
    {
        foreach (var (caller, own) in new[] { (CameraCity.Manager, CameraCity.Western), (CameraCity.Stranger, CameraCity.Eastern) })
            using (caller.Enter())
                Assert.Equal(own, (await city.Sight.Seeing(118.01001, 24.4075, cancel: TestContext.Current.CancellationToken)).First.Single(one => one.CameraId.StartsWith("CAM", StringComparison.Ordinal)).CameraId);
        using (CameraCity.Manager.Enter())
        {
            var camera = (await city.Cameras.Find(await city.Camera(CameraCity.Western), TestContext.Current.CancellationToken))!;
            Assert.DoesNotContain((await city.Sight.Sees(camera.View!, camera.Fid, city.Catalog.Find("cameras")!, 500, TestContext.Current.CancellationToken)).Found.First, one => one.Feature.Jurisdiction.District != "350203");
            Assert.Null(await city.Cameras.Find(await city.Camera(CameraCity.Eastern), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task The_spatial_index_answers_which_cameras_see_a_place()
    {
        var plan = await city.Database.Rows("""
            set enable_seqscan = off; explain select fid from gis.cameras where ST_Intersects(geom, ST_MakeEnvelope(118.0, 24.4, 118.001, 24.401, 4490)) and abs(ST_Y(geom) - 24.4) * 110000 <= range_m
            """);
        Assert.Contains(plan, line => line.Contains("cameras_geom", StringComparison.Ordinal));
        Assert.Equal(399.0, await city.Database.Value<double>("select max(range_m) from gis.cameras"), 20.0);
        Assert.Equal(await city.Database.Value<double>("select max(range_m) from gis.cameras"), await city.Database.Value<double>("select cameras.farthest()"));
    }

    [Fact]
    public async Task A_stream_is_told_to_those_who_may_watch_and_to_nobody_else()
    {
        var fid = await city.Camera(CameraCity.Western);
        using (CameraCity.Viewer.Enter())
            Assert.Null((await city.Cameras.Find(fid, TestContext.Current.CancellationToken))!.Stream);
        using (CameraCity.Manager.Enter())
            Assert.True((await city.Cameras.Find(fid, TestContext.Current.CancellationToken))!.IsPlayable);
    }

    [Fact]
    public async Task A_plan_is_seen_by_who_sees_one_of_its_cameras_and_changed_by_who_made_it()
    {
        var (west, east) = (await city.Camera(CameraCity.Western), await city.Camera(CameraCity.Eastern));
        long id;
        using (CameraCity.Manager.Enter())
        {
            id = (await city.Plans.Save(new(0, "沿海", null, "", [new(west, 10), new(west, 20)], 4), TestContext.Current.CancellationToken))!.Value;
            var plan = (await city.Plans.Find(id, TestContext.Current.CancellationToken))!;
            Assert.Equal((1, TimeSpan.FromSeconds(20)), (plan.Screens, plan.Screen(0).Time));
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => city.Plans.Save(new(0, "别区", null, "", [new(east, 10)], 1), TestContext.Current.CancellationToken));
        }
        using (CameraCity.Stranger.Enter())
        {
            Assert.Empty(await city.Plans.All(TestContext.Current.CancellationToken));
            Assert.Null(await city.Plans.Save(new(id, "改名", null, "", [new(east, 10)], 1), TestContext.Current.CancellationToken));
        }
        using (CameraCity.Leader.Enter())
            Assert.False(await city.Plans.Drop((await city.Plans.Find(id, TestContext.Current.CancellationToken))!, TestContext.Current.CancellationToken));
        using (CameraCity.Manager.Enter())
            Assert.True(await city.Plans.Drop((await city.Plans.Find(id, TestContext.Current.CancellationToken))!, TestContext.Current.CancellationToken));
        Assert.Equal(2, await city.Database.Value<long>("select count(*) from cityops.audit_entry where kind = 'camera-plan-changed'"));
    }
}
