using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Http;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Takes every request under <c>/tiles</c> and hands it to who answers it.</summary>
sealed class TileRequests
{
    const int Prefix = 6; // "/tiles"
    readonly LiveLayers _live;
    readonly LayerCatalog _catalog;
    readonly TileCache _cache;
    readonly TileQuestions _questions;
    readonly TileAnswers _tiles;
    readonly TileReporter _reporter;
    readonly TileExtents _extents;
    readonly TileEvents _events;
    readonly CorsHeaders _cors;
    readonly CancellationToken _stopping;

    /// <param name="stopping">The host's end, which ends the streams of events.</param>
    public TileRequests(LiveLayers live, LayerCatalog catalog, TileQuery sql, LayerBounds bounds, TileCache cache, TileLimits limits, TileServingOptions options, CancellationToken stopping)
    {
        var age = new DataAge();
        _catalog = catalog;
        (_live, _cache, _questions, _cors, _stopping) = (live, cache, new(live, catalog), new(options.CorsOrigins), stopping);
        (_tiles, _reporter) = (new(new(sql, limits), cache, age), new(sql, cache, age, limits));
        (_extents, _events) = (new(bounds), new(live, catalog));
    }

    public Task Answer(HttpContext context)
    {
        var method = context.Request.Method;
        _cors.Write(context);
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            if (!HttpMethods.IsOptions(method))
                return TileProblem.Write(context, TileRefusal.BadMethod(method));
            CorsHeaders.AnswerOptions(context);
            return Task.CompletedTask;
        }
        var address = context.Request.Path.Value!;
        var path = TilePath.Read(address.AsSpan(Prefix));
        return path.Is switch
        {
            TilePath.Kind.Unknown => TileProblem.Write(context, TileRefusal.NoSuchPath(address)),
            TilePath.Kind.Catalogue => ServingJson.Write(context, LayerCatalogue.Of(_catalog, _live, _cache, BaseUrl(context.Request))),
            TilePath.Kind.Events => _events.Answer(context, _stopping),
            _ => OfLayers(context, path),
        };
    }

    Task OfLayers(HttpContext context, TilePath path)
    {
        var (question, refusal) = _questions.Read(path.Layers, context.Request.QueryString.Value ?? "");
        if (question is null)
            return TileProblem.Write(context, refusal!);
        return path.Is switch
        {
            TilePath.Kind.Tile => _tiles.Answer(context, question, path.Tile),
            TilePath.Kind.NoTile => TileProblem.Write(context, TileRefusal.NoTile(context.Request.Path.Value![(Prefix + path.Layers.Length + 2)..])),
            TilePath.Kind.TileJson => Describe(context, question),
            TilePath.Kind.Style => ServingJson.Write(context, TileStyle.Of(question, RequestLanguage.Of(context.Request), BaseUrl(context.Request))),
            _ when !Caller.Current.May(Permission.Administer) => TileProblem.Write(context, TileRefusal.ForOperators),
            _ => Explain(context, TilePlan.Of(question, path.Tile), isPage: path.Is == TilePath.Kind.WhyPage),
        };
    }

    async Task Describe(HttpContext context, TileQuestion question)
    {
        var bounds = await _extents.Of(question.Layers, context.RequestAborted);
        await ServingJson.Write(context, TileJson.Describe(question, bounds, RequestLanguage.Of(context.Request), BaseUrl(context.Request)));
    }

    async Task Explain(HttpContext context, TilePlan plan, bool isPage)
    {
        if (plan.Missing is { } layer)
        {
            await TileProblem.Write(context, TileRefusal.NotInMemory(layer, plan.MissingReason));
            return;
        }
        var report = await _reporter.Report(plan, context.RequestAborted);
        if (!isPage)
        {
            await ServingJson.Write(context, report);
            return;
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(new ReportPage(report, RequestLanguage.Of(context.Request)).Html(), context.RequestAborted);
    }

    static string BaseUrl(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
