using CityOps.Gis.Access;
using CityOps.Gis.Web.Safety;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>Events of circuits, by person.</summary>
public sealed class CircuitPaceTests
{
    static readonly Caller s_hasty = Caller.Nobody with { Id = "hasty" }, s_other = Caller.Nobody with { Id = "other" };

    [Fact]
    public async Task Whoever_asks_faster_than_a_hand_waits_for_his_turn_and_nobody_else_does()
    {
        using var pace = new CircuitPace(new() { RateFactor = 1.0 / CircuitPace.Burst });
        Assert.True(pace.Turn(s_hasty).IsCompleted);
        var second = pace.Turn(s_hasty);
        Assert.False(second.IsCompleted);
        Assert.True(pace.Turn(s_other).IsCompleted);
        await second;
    }

    [Fact]
    public async Task Circuits_without_end_are_ended()
    {
        using var pace = new CircuitPace(new() { RateFactor = 1.0 / CircuitPace.Burst });
        var turns = Enumerable.Range(0, 400).Select(_ => pace.Turn(s_hasty).AsTask()).ToList();
        Assert.Contains(turns, turn => turn.IsFaulted);
        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.First(turn => turn.IsFaulted));
    }

    [Fact]
    public void Without_rates_nobody_waits()
    {
        using var pace = new CircuitPace(new() { RateFactor = 0 });
        Assert.All(Enumerable.Range(0, 3 * CircuitPace.Burst), _ => Assert.True(pace.Turn(s_hasty).IsCompleted));
    }
}
