using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Following;
using Microsoft.AspNetCore.Http;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Takes every request under <c>/tiles</c> and hands it to who answers it.</summary>
sealed class TileRequests(LiveLayers live, TileSource source, TileCache cache, TileServingOptions options)
{
    const int Prefix = 6; // "/tiles"
    readonly TileQuestions _questions = new(live);
    readonly TileAnswers _tiles = new(source, cache);
    readonly CorsHeaders _cors = new(options.CorsOrigins);

    public Task Answer(HttpContext context)
    {
        var (request, method) = (context.Request, context.Request.Method);
        _cors.Write(context);
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            if (!HttpMethods.IsOptions(method))
                return TileProblem.Write(context, TileRefusal.BadMethod(method));
            CorsHeaders.AnswerOptions(context);
            return Task.CompletedTask;
        }
        var address = request.Path.Value!;
        var path = TilePath.Read(address.AsSpan(Prefix));
        return path.Is switch
        {
            TilePath.Kind.Unknown => TileProblem.Write(context, TileRefusal.NoSuchPath(address)),
            TilePath.Kind.Catalogue => Catalogue(context),
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
            TilePath.Kind.NoTile => TileProblem.Write(context, TileRefusal.NoTile(context.Request.Path.Value![(Prefix + path.Layers.Length + 2)..])),
            TilePath.Kind.Tile => _tiles.Answer(context, question, path.Tile),
            TilePath.Kind.TileJson => context.Response.WriteAsJsonAsync(TileJson.Describe(question.Layers[0].Definition, BaseUrl(context.Request))),
            _ => TileProblem.Write(context, TileRefusal.NoSuchPath(context.Request.Path.Value!)),
        };
    }

    Task Catalogue(HttpContext context) => context.Response.WriteAsJsonAsync(live.All
        .Where(layer => layer.Definition.Geometry != GeometryKind.None)
        .Select(layer => new { id = layer.Definition.Id, title = layer.Definition.Title, tilejson = $"{BaseUrl(context.Request)}/tiles/{layer.Definition.Id}.json" }));

    static string BaseUrl(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";
}
