using CityOps.Gis.Tiles.Serving;

namespace CityOps.Gis.Web.Safety;

/// <summary>Ends what takes longer than its class may: the work is cancelled as if the client had gone away, and the client is told.</summary>
sealed class TimeLimits(RequestDelegate next, SafetyOptions options)
{
    static readonly TileRefusal Refusal = new(StatusCodes.Status503ServiceUnavailable, "took-too-long",
        new("处理超过了时间上限；请缩小范围或增加条件后再试。", "This took longer than it may; ask for a smaller area or add conditions."));

    public Task InvokeAsync(HttpContext context)
        => options.Limits[RequestClasses.Of(context.Request)].MostTime is { } most ? Within(most, context) : next(context);

    async Task Within(TimeSpan most, HttpContext context)
    {
        var client = context.RequestAborted;
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(client);
        clock.CancelAfter(most);
        context.RequestAborted = clock.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested)
        {
            // The clock or the client ended it; below, whoever is still there is told.
        }
        finally
        {
            context.RequestAborted = client;
        }
        if (!clock.IsCancellationRequested || client.IsCancellationRequested)
            return;
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        context.Response.Clear();
        await TileGate.Refuse(context, Refusal);
    }
}
