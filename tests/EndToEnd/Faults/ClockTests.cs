using CityOps.Gis.Testing;
using CityOps.Gis.Testing.Faults;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>The clock of the product's machine jumps by days, forwards and back, while it works (libfaketime before the C library of its process).</summary>
[Collection(nameof(FaultyCityCollection))]
public sealed class ClockTests(FaultyCityFixture fixture)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_that_jumps_by_days_stops_neither_following_nor_editing_and_changes_no_times()
    {
        var city = fixture.City;
        Assert.False(FakeClock.Library is null && Environment.GetEnvironmentVariable("CI") == "true", "libfaketime is not installed, and CI runs every test.");
        Assert.SkipWhen(FakeClock.Library is null, "libfaketime is not installed; run ./cityops test.");
        using var files = new TempFolder();
        var clock = new FakeClock(files.File("clock"));
        await clock.Set("+0");
        using var host = new HostProcess("web", city.Server.ConnectionString, files.Path, clock.Environment);
        using var ended = new CancellationTokenSource();
        var writer = new EditWriter(new(host.Url), city.CameraFid);
        var writing = writer.Write(ended.Token);

        foreach (var jump in new[] { "+0", "+3d", "-2d", "+0" })
        {
            await clock.Set(jump);
            await Goes(host, writer, jump);
        }
        await ended.CancelAsync();
        await writing;

        Assert.True(await city.Value<bool>($"select bool_and(valid_from between now() - interval '10 minutes' and now()) from gis.cameras where fid = {city.CameraFid}"));
        await city.ForgetEdits();
    }

    // Five more edits are confirmed, and the map shows one of them.
    static async Task Goes(HostProcess host, EditWriter writer, string jump)
    {
        var before = writer.Confirmed.Count;
        using var http = new HttpClient { BaseAddress = new(host.Url) };
        var shown = "";
        for (var left = 1200; left > 0; left--, await Task.Delay(50, Cancel))
        {
            using var tile = await http.GetAsync("/tiles/cameras/16/54249/28185.mvt", Cancel);
            shown = $"{tile.Headers.GetValues("X-CityOps-Data").Single()}, {writer.Confirmed.Count - before} edits";
            if (shown.StartsWith("live", StringComparison.Ordinal) && writer.Confirmed.Count > before + 5)
                return;
        }
        Assert.Fail($"After a jump of {jump} the tile is {shown}. {string.Join('\n', writer.Sentences.TakeLast(3))}");
    }
}
