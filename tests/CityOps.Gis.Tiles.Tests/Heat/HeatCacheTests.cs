using CityOps.Gis.Heat;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Heat;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Heat;

public sealed class HeatCacheTests
{
    [Fact]
    public async Task Requests_for_one_answer_share_its_making()
    {
        var (cache, made, open) = (new HeatCache(), 0, new TaskCompletionSource());
        async Task<HeatAnswer> Make(CancellationToken stop)
        {
            Interlocked.Increment(ref made);
            await open.Task;
            return Answer(3);
        }
        var (first, second) = (cache.Get("one", Make, default), cache.Get("one", Make, default));
        open.SetResult();
        Assert.Same(await first, await second);
        Assert.Same(await first, await cache.Get("one", Make, default));
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task Making_goes_on_while_one_waits_and_stops_when_the_last_goes_away()
    {
        var (cache, stopped) = (new HeatCache(), new TaskCompletionSource());
        using CancellationTokenSource one = new(), other = new();
        async Task<HeatAnswer> Make(CancellationToken stop)
        {
            await using var told = stop.Register(stopped.SetResult);
            await Task.Delay(Timeout.Infinite, stop);
            return Answer(1);
        }
        var (first, second) = (cache.Get("slow", Make, one.Token), cache.Get("slow", Make, other.Token));
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(stopped.Task.IsCompleted);
        await other.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(2, (await cache.Get("slow", _ => Task.FromResult(Answer(2)), default)).Length);
    }

    [Fact]
    public async Task What_was_longest_unused_goes_first_and_a_failure_is_not_kept()
    {
        var (cache, made) = (new HeatCache(mostCells: 25), new List<string>());
        Task<HeatAnswer> Get(string key) => cache.Get(key, _ => { lock (made) made.Add(key); return Task.FromResult(Answer(9)); }, default);
        foreach (var key in new[] { "a", "b", "a", "c", "a", "b" })
            await Get(key);
        Assert.Equal(["a", "b", "c", "b"], made);
        Assert.InRange(cache.Cells, 1, 25);
        await Assert.ThrowsAsync<HeatRefusedException>(() => cache.Get("bad", _ => throw new HeatRefusedException(new("不行", "no")), default));
        Assert.Equal(1, (await cache.Get("bad", _ => Task.FromResult(Answer(1)), default)).Length);
    }

    static HeatAnswer Answer(int cells) => new()
    {
        Question = new(new("components")), Layer = PostGisDatabase.Catalog.Find("components")!, Lattice = new(HeatCellKind.Square, 100, 24.5), Areas = null, Executor = "sql", Version = 1,
        Keys = [.. Enumerable.Range(0, cells).Select(cell => (long)cell)], Codes = [], Counts = new long[cells], Values = new double[cells], Total = 0, Outside = 0, Legend = HeatLegend.OfValues([]),
    };
}
