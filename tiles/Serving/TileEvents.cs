using System.Collections.Concurrent;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// <c>GET /tiles/events?layers=a,b</c>: server-sent events (HTML standard, 9.2) that tell open maps which tiles to take again. One message is
/// <c>event: tiles</c> with <c>{"layer":"components","version":7,"zoom":18,"tiles":[[x,y],…]}</c>, or <c>"tiles":null</c> for all of the layer. A named tile stands
/// for those that hold it and those it holds; further ones of other zooms, which stand for themselves, are in <c>"beside":[[zoom,x,y],…]</c>, which is mostly not there.
/// A caller with a scope is told no version (null): it counts changes outside it too.
/// </summary>
public sealed class TileEvents
{
    /// <summary>Between two looks for changes, so that a client gets a few messages a second at most.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250), KeepAlive = TimeSpan.FromSeconds(15);
    readonly ConcurrentDictionary<TileChanges, Listener> _listeners = new();
    readonly LiveLayers _live;
    readonly LayerCatalog _catalog;

    public TileEvents(LiveLayers live, LayerCatalog catalog)
    {
        (_live, _catalog) = (live, catalog);
        live.Changed += Tell;
    }

    public int Listeners => _listeners.Count;

    /// <summary>Answers until the client goes away or the host stops.</summary>
    /// <param name="stopping">The host's end.</param>
    public async Task Answer(HttpContext context, CancellationToken stopping)
    {
        var ids = context.Request.Query["layers"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.FirstOrDefault(id => !IsSeen(id)) is { } unknown)
        {
            await TileProblem.Write(context, TileRefusal.NoSuchLayer(unknown));
            return;
        }
        Begin(context.Response);
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        var layers = (ids.Length == 0 ? _live.All.Select(layer => layer.Definition.Id).Where(IsSeen) : ids).ToHashSet();
        var changes = new TileChanges();
        _listeners[changes] = new(layers, Caller.Current);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            // Who was cut off may have missed changes.
            if (context.Request.Headers.ContainsKey("Last-Event-ID"))
                foreach (var layer in layers)
                    changes.Add(new(layer, 0, null));
            await Run(context.Response, changes, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The client went away or the host stops; either way this is the end of the stream.
        }
        finally
        {
            _listeners.TryRemove(changes, out _);
        }
    }

    void Tell(LayerChange change)
    {
        foreach (var (changes, listener) in _listeners)
            if (listener.Layers.Contains(change.LayerId) && Seen(change, listener.Caller) is { } seen)
                changes.Add(seen);
    }

    bool IsSeen(string id) => _live.Find(id) is not null && _catalog.Find(id) is not null;

    LayerChange? Seen(LayerChange change, Caller caller)
        => caller.ScopeOn(change.LayerId) is { } scope ? change.Within(scope, _live.Find(change.LayerId)?.View?.Departments ?? new DepartmentTree([])) : change;

    sealed record Listener(IReadOnlySet<string> Layers, Caller Caller);

    static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // Proxies that buffer would hold the messages back.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    static async Task Run(HttpResponse response, TileChanges changes, CancellationToken ends)
    {
        await response.WriteAsync("retry: 2000\n\n: listening\n\n", ends);
        await response.Body.FlushAsync(ends);
        for (var number = 1L; ; number++)
        {
            var text = await changes.Wait(KeepAlive, ends) ? string.Concat(changes.Take().Select(change => Message(change, number))) : ": still here\n\n";
            await response.WriteAsync(text, ends);
            await response.Body.FlushAsync(ends);
            await Task.Delay(Pause, ends);
        }
    }

    static string Message(LayerChange change, long number)
    {
        var (version, zoom, tiles) = (change.Version > 0 ? change.Version : (long?)null, change.Tiles?[0].Zoom, change.Tiles?.Select(tile => new[] { tile.X, tile.Y }));
        var data = change.Beside is { } beside
            ? JsonSerializer.Serialize(new { layer = change.LayerId, version, zoom, tiles, beside = beside.Select(tile => new[] { tile.Zoom, tile.X, tile.Y }) })
            : JsonSerializer.Serialize(new { layer = change.LayerId, version, zoom, tiles });
        return $"id: {number}\nevent: tiles\ndata: {data}\n\n";
    }
}
