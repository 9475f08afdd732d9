using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing.Faults;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>The clock of the database server is set back by an hour while people edit and deliveries are published (libfaketime before the C library of all its processes).</summary>
public sealed class ServerClockTests : IAsyncLifetime
{
    const int Lamps = 120;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    FaultyCity? _city;

    // It has a city of its own: times of before and after the step stay in it.
    public async ValueTask InitializeAsync()
    {
        if (FakeClock.Library is not null && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CITYOPS_TEST_DATABASE")))
            _city = await FaultyCity.Make(Lamps, clock: "+0");
    }

    public async ValueTask DisposeAsync()
    {
        if (_city is not null)
            await _city.DisposeAsync();
    }

    [Fact]
    public async Task A_clock_that_is_set_back_an_hour_leaves_histories_in_order_and_loses_nothing()
    {
        Assert.False(_city is null && Environment.GetEnvironmentVariable("CI") == "true", "CITYOPS_TEST_DATABASE is not set, or libfaketime is not installed, and CI runs every test.");
        Assert.SkipWhen(_city is null, "CITYOPS_TEST_DATABASE is not set, or libfaketime is not installed; run ./cityops test.");
        var city = _city!;
        using var ended = new CancellationTokenSource();
        var writer = new EditWriter(new(city.Host.Url), city.CameraFid);
        var writing = writer.Write(ended.Token);
        await Confirms(writer, 5);
        var before = await city.Value<DateTime>("select clock_timestamp()");
        var versions = await city.Value<long>("select version from cityops.layer where id = 'cameras'");

        await city.Server.SetClock("-3600");
        Assert.True(await city.Value<DateTime>("select clock_timestamp()") < before.AddMinutes(-50));
        await Confirms(writer, 10);
        var job = await city.Publish(await city.Stage(await city.BringSecond()));
        await ended.CancelAsync();
        await writing;

        Assert.Equal(city.Expected, await city.Meaning());
        Assert.Equal(0, await OutOfOrder("cameras"));
        Assert.Equal(0, await OutOfOrder("components"));
        Assert.Equal(
            string.Join(',', writer.Confirmed.Append(0).Order()),
            await city.Value<string>($"select string_agg(name, ',' order by name::int) from (select name from gis.cameras where fid = {city.CameraFid} union all select name from gis.cameras_history where fid = {city.CameraFid}) every_version where name::int = any('{{0,{string.Join(',', writer.Confirmed)}}}')"));
        Assert.True(await city.Value<bool>($"select name::int = (select max(name::int) from (select name from gis.cameras union all select name from gis.cameras_history) every_version) from gis.cameras where fid = {city.CameraFid}"), "The last version is not the one that was written last.");
        Assert.True(await city.Value<long>("select version from cityops.layer where id = 'cameras'") > versions);

        // What was published after the step is taken back to the byte.
        await city.RollBack(job);
        Assert.Equal(BatchState.RolledBack, (await new BatchStore(city.Source).Find(job.BatchId!.Value, Cancel))!.State);
        Assert.Equal(0, await OutOfOrder("components"));
    }

    // A version that ends before it begins, or with which the next one does not go on.
    Task<long> OutOfOrder(string layer) => _city!.Value<long>($"""
        select count(*) from (
            select valid_from, valid_to, lead(valid_from) over (partition by fid order by valid_from) as next
            from (select fid, valid_from, valid_to from gis.{layer}_history union all select fid, valid_from, null from gis.{layer}) every_version) one
        where valid_to <= valid_from or next is distinct from valid_to
        """);

    static async Task Confirms(EditWriter writer, int more)
    {
        var before = writer.Confirmed.Count;
        for (var left = 1200; left > 0 && writer.Confirmed.Count < before + more; left--)
            await Task.Delay(50, Cancel);
        Assert.True(writer.Confirmed.Count >= before + more, string.Join('\n', writer.Sentences.TakeLast(3)));
    }
}
