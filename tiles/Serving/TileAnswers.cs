using System.Diagnostics;
using System.Globalization;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Http;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// Answers requests for tiles. What memory holds is made on the thread of the request and written straight to the connection; with the cache off, without an
/// object per tile beside the plan.
/// </summary>
sealed class TileAnswers(TileSource source, TileCache cache, DataAge age)
{
    const string TileType = "application/vnd.mapbox-vector-tile";

    public Task Answer(HttpContext context, TileQuestion question, TileCoord tile)
    {
        var plan = TilePlan.Of(question, tile);
        if (plan.Missing is { } layer)
            return TileProblem.Write(context, TileRefusal.NotInMemory(layer, plan.MissingReason));
        if (plan.SqlLayers != 0)
            return FromPostGis(context, plan);
        if (!cache.IsOn)
            return Straight(context, plan);
        var key = new TileKey(question, tile, 0);
        return cache.Find(key, plan.Version) is { } kept ? SendKept(context, plan, kept, key) : MakeAndSend(context, plan, key, plan.Version);
    }

    Task Straight(HttpContext context, TilePlan plan)
    {
        var begun = Stopwatch.GetTimestamp();
        var maker = source.Rent();
        try
        {
            var bytes = TileSource.MakeNow(plan, maker, context.RequestAborted);
            TileMeters.Made("snapshot", begun);
            var tag = TileTag.Of(bytes.Span, plan.Question);
            var coding = Packing.Choose(context.Request.Headers.AcceptEncoding, bytes.Length);
            return WriteHead(context, plan, tag, coding, bytes.Length, Timing("off", begun))
                ? Write(context.Response, coding == ContentCoding.Identity ? bytes.Span : Packing.Pack(bytes.Span, coding))
                : Task.CompletedTask;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }
        finally
        {
            source.Return(maker);
        }
    }

    async Task FromPostGis(HttpContext context, TilePlan plan)
    {
        try
        {
            var version = plan.Version + await source.SqlVersion(plan, context.RequestAborted);
            var key = new TileKey(plan.Question, plan.Tile, plan.SqlLayers);
            if (cache.IsOn && cache.Find(key, version) is { } kept)
                await SendKept(context, plan, kept, key);
            else
                await MakeAndSend(context, plan, key, version);
        }
        catch (Npgsql.NpgsqlException fault) when (fault is not Npgsql.PostgresException && !context.Response.HasStarted)
        {
            await TileProblem.Write(context, TileRefusal.NoDatabase);
        }
    }

    async Task MakeAndSend(HttpContext context, TilePlan plan, TileKey key, long version)
    {
        try
        {
            var begun = Stopwatch.GetTimestamp();
            var (tile, how) = await Make(plan, key, version, context.RequestAborted);
            TileMeters.Made(Executors(plan), begun);
            await Send(context, plan, tile, key, Timing(how, begun));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away: nobody is left to answer.
        }
    }

    // One request makes the tile, the others wait for it. When it came to nothing, the next one makes it.
    async Task<(KeptTile Tile, string How)> Make(TilePlan plan, TileKey key, long version, CancellationToken cancel)
    {
        if (!cache.IsOn)
            return (await source.Make(plan, version, cancel), "off");
        while (true)
            if (cache.Begin(key) is not { } others)
                return await MakeFirst(plan, key, version, cancel);
            else if (await others.WaitAsync(cancel) is { } tile && tile.Version >= version)
                return (tile, "shared");
    }

    async Task<(KeptTile, string)> MakeFirst(TilePlan plan, TileKey key, long version, CancellationToken cancel)
    {
        // Another request may have made it between the look and the right to make it.
        var made = cache.Peek(key) is { } kept && kept.Version >= version ? kept : null;
        var how = made is null ? "miss" : "hit";
        try
        {
            return (made ??= await source.Make(plan, version, cancel), how);
        }
        finally
        {
            cache.Made(key, made);
        }
    }

    Task SendKept(HttpContext context, TilePlan plan, KeptTile tile, TileKey key)
    {
        TileMeters.Sent();
        return Send(context, plan, tile, key, "cache;desc=hit");
    }

    Task Send(HttpContext context, TilePlan plan, KeptTile tile, TileKey key, string timing)
    {
        var coding = Packing.Choose(context.Request.Headers.AcceptEncoding, tile.Bytes.Length);
        return WriteHead(context, plan, tile.Tag, coding, tile.Bytes.Length, timing)
            ? Write(context.Response, coding == ContentCoding.Identity ? tile.Bytes.Span : cache.In(tile, key, coding))
            : Task.CompletedTask;
    }

    /// <summary>Writes status and headers; true where a body follows.</summary>
    bool WriteHead(HttpContext context, TilePlan plan, TileTag tag, ContentCoding coding, int length, string timing)
    {
        var (response, headers) = (context.Response, context.Response.Headers);
        headers.ETag = tag.Text(coding);
        headers.CacheControl = "private, no-cache";
        headers.Append("Vary", "Accept-Encoding");
        headers[TileHeaders.Executor] = Executors(plan);
        // When data changed, and whether a tile was made again for it, tells a caller with a scope of changes outside it.
        if (plan.Question.Scope is null)
        {
            headers[TileHeaders.Data] = age.Of(plan);
            headers[TileHeaders.ServerTiming] = timing;
        }
        if (tag.IsIn(context.Request.Headers.IfNoneMatch))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return false;
        }
        if (length == 0)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return false;
        }
        response.ContentType = TileType;
        if (coding != ContentCoding.Identity)
            headers.ContentEncoding = Packing.Name(coding);
        return true;
    }

    static string Executors(TilePlan plan)
        => plan.SqlLayers == 0 ? "snapshot" : plan.SqlLayers == (1 << plan.Question.Layers.Count) - 1 ? "sql" : "snapshot, sql";

    static Task Write(HttpResponse response, ReadOnlySpan<byte> bytes)
    {
        response.ContentLength = bytes.Length;
        if (HttpMethods.IsHead(response.HttpContext.Request.Method))
            return Task.CompletedTask;
        // A started response takes bytes into the connection's own buffer; before, Kestrel would keep them aside and copy them once more.
        var started = response.StartAsync();
        if (!started.IsCompletedSuccessfully)
            return WriteLater(response, bytes.ToArray(), started);
        var to = response.BodyWriter;
        bytes.CopyTo(to.GetSpan(bytes.Length));
        to.Advance(bytes.Length);
        return Task.CompletedTask;
    }

    static async Task WriteLater(HttpResponse response, byte[] bytes, Task started)
    {
        await started;
        await response.BodyWriter.WriteAsync(bytes, response.HttpContext.RequestAborted);
    }

    static string Timing(string cacheState, long begun)
        => string.Create(CultureInfo.InvariantCulture, $"cache;desc={cacheState}, make;dur={Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0.###}");
}
