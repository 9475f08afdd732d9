using System.Threading.RateLimiting;
using CityOps.Gis.Access;

namespace CityOps.Gis.Web.Safety;

/// <summary>
/// How fast the circuits of one person may ask: what a hand does on a page and a map that follows it never comes near it. Faster, an event waits for its turn, and the circuit with it, so
/// that one person's script is not everybody's load. HTTP has its own (<see cref="RateLimits"/>).
/// </summary>
public sealed class CircuitPace(SafetyOptions options) : IDisposable
{
    /// <summary>Events a second that one person may keep up, and at a stroke.</summary>
    public const int PerSecond = 100, Burst = 2_000;

    // A circuit has one event waiting; one more circuit than this is ended.
    const int MostWaiting = 200;

    readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetTokenBucketLimiter(who, _ => new()
    {
        TokenLimit = Math.Max(1, (int)(Burst * options.RateFactor)), TokensPerPeriod = Math.Max(1, (int)(PerSecond * options.RateFactor)),
        ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = MostWaiting,
    }));

    /// <summary>Waits for the caller's turn.</summary>
    /// <exception cref="InvalidOperationException">Too many circuits of the person wait already.</exception>
    public ValueTask Turn(Caller caller)
    {
        if (options.RateFactor == 0)
            return default;
        var turn = _limiter.AcquireAsync(caller.Id ?? caller.Address ?? "");
        return turn.IsCompletedSuccessfully && turn.Result.IsAcquired ? default : Wait(turn);
    }

    public void Dispose() => _limiter.Dispose();

    static async ValueTask Wait(ValueTask<RateLimitLease> turn)
    {
        using var lease = await turn;
        if (!lease.IsAcquired)
            throw new InvalidOperationException($"More than {MostWaiting} circuits of one person wait for their turn.");
    }
}
