using CityOps.Gis.Web.Cases;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cases;

public sealed class PhotoTurnsTests
{
    const int Photos = 8;

    [Fact]
    public async Task No_more_than_two_photos_are_made_at_once_and_all_are_made()
    {
        using var turns = new PhotoTurns();
        var (running, most, gate) = (0, 0, new Lock());
        int Work()
        {
            lock (gate)
                most = Math.Max(most, ++running);
            Thread.Sleep(20);
            lock (gate)
                return --running;
        }
        await Task.WhenAll(Enumerable.Range(0, Photos).Select(_ => turns.InTurn(Work, TestContext.Current.CancellationToken)));

        Assert.InRange(most, 1, 2);
        Assert.Equal(0, running);
    }

    [Fact]
    public async Task Who_waits_too_long_is_sent_away_and_takes_no_place()
    {
        using var turns = new PhotoTurns(places: 1, patience: TimeSpan.FromMilliseconds(50));
        using var release = new ManualResetEventSlim();
        var first = turns.InTurn(() => release.Wait(TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<TimeoutException>(() => turns.InTurn(() => 1, TestContext.Current.CancellationToken));
        release.Set();

        Assert.True(await first);
        Assert.Equal(2, await turns.InTurn(() => 2, TestContext.Current.CancellationToken));
    }
}
