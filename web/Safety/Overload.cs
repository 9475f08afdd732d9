using System.Globalization;
using System.Threading.RateLimiting;
using CityOps.Gis.Tiles.Serving;

namespace CityOps.Gis.Web.Safety;

/// <summary>
/// Lets in as many requests of a class as the machine serves well, has some wait for a few seconds, and turns the rest away at once with 503 and Retry-After: who is
/// let in is served as fast as ever, and what waits is bounded, so memory is too.
/// </summary>
sealed class Overload(RequestDelegate next, OverloadGates gates)
{
    // Clients that are turned away together do not come back together.
    const int LeastRetrySeconds = 1, MostRetrySeconds = 4;

    static readonly TileRefusal Refusal = new(StatusCodes.Status503ServiceUnavailable, "overloaded",
        new("服务器繁忙，请稍后再试。", "The server is busy; try again in a few seconds."));

    public Task InvokeAsync(HttpContext context)
    {
        var kind = RequestClasses.Of(context.Request);
        if (gates.Of(kind) is not { } gate)
            return next(context);
        var lease = gate.AttemptAcquire();
        return lease.IsAcquired ? Serve(context, lease) : Wait(context, gate, kind);
    }

    // A tile from memory is made before this returns, and costs no state machine.
    Task Serve(HttpContext context, RateLimitLease lease)
    {
        Task served;
        try
        {
            served = next(context);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
        if (!served.IsCompletedSuccessfully)
            return End(served, lease);
        lease.Dispose();
        return Task.CompletedTask;
    }

    static async Task End(Task served, RateLimitLease lease)
    {
        using (lease)
            await served;
    }

    async Task Wait(HttpContext context, ConcurrencyLimiter gate, RequestClass kind)
    {
        using var lease = await Turn(gate, context.RequestAborted);
        if (lease is { IsAcquired: true })
        {
            await next(context);
            return;
        }
        gates.Shed(kind);
        context.Response.Headers.RetryAfter = Random.Shared.Next(LeastRetrySeconds, MostRetrySeconds + 1).ToString(CultureInfo.InvariantCulture);
        await TileGate.Refuse(context, Refusal);
    }

    /// <summary>A place, or none where too many wait already; null where the turn did not come in time or nobody waits for it any more.</summary>
    static async Task<RateLimitLease?> Turn(ConcurrencyLimiter gate, CancellationToken client)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(client);
        patience.CancelAfter(ClassLimits.MostWait);
        try
        {
            return await gate.AcquireAsync(cancellationToken: patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
