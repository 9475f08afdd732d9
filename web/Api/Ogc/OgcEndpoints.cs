using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Api.Ogc.Definition;
using CityOps.Gis.Web.Api.Ogc.Editing;
using CityOps.Gis.Web.Api.Ogc.Pages;
using CityOps.Gis.Web.Api.Ogc.Tiles;
using Npgsql;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// The OGC API under <c>/ogc</c>: Features parts 1 to 4, Tiles, Styles. Every address answers as JSON and as a page, knows its parameters and refuses others.
/// See <c>src/docs/ogc-api.md</c>.
/// </summary>
public static class OgcEndpoints
{
    static readonly string[] Reading = ["GET", "HEAD"];

    public static IEndpointRouteBuilder MapOgc(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(OgcAddress.Root).AddEndpointFilter(Guard);
        api.MapMethods("", Reading, Root);
        api.MapMethods("/conformance", Reading, Declare);
        api.MapMethods("/api", Reading, Define);
        api.MapMethods("/collections", Reading, List);
        api.MapMethods("/collections/{collectionId}", Reading, Describe);
        api.MapMethods("/collections/{collectionId}/queryables", Reading, DescribeQueryables);
        api.MapMethods("/collections/{collectionId}/schema", Reading, DescribeSchema);
        api.MapMethods("/collections/{collectionId}/items", Reading, Items);
        api.MapMethods("/collections/{collectionId}/items/{featureId}", Reading, Feature);
        EditingEndpoints.Map(api);
        TileApi.Map(api);
        StyleApi.Map(api);
        api.Map("/{**path}", Elsewhere);
        return routes;
    }

    static IResult Elsewhere(HttpContext context) => OgcAnswer.Refuse(context, HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
        ? OgcRefusal.NoPath(context.Request.Path)
        : OgcRefusal.BadMethod(context.Request.Method, "GET, HEAD"));

    // The edge: a database that is not there or not fast enough is an answer, and so is a client that went away.
    static async ValueTask<object?> Guard(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        try
        {
            return await next(invocation);
        }
        catch (NpgsqlException fault) when (!context.Response.HasStarted && (fault.InnerException is TimeoutException || fault is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }))
        {
            return context.RequestAborted.IsCancellationRequested ? Results.Empty : OgcAnswer.Refuse(context, OgcRefusal.TooSlow);
        }
        // A value that cannot be computed with: a division by zero, a number beyond its type (SQL:2016, class 22, data exception).
        catch (PostgresException fault) when (!context.Response.HasStarted && fault.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            return OgcAnswer.Refuse(context, OgcRefusal.BadQuestion([new($"条件无法计算：{fault.MessageText}。", $"The question cannot be computed: {fault.MessageText}.")]));
        }
        catch (NpgsqlException fault) when (fault.IsAway() && !context.Response.HasStarted)
        {
            return OgcAnswer.Refuse(context, OgcRefusal.NoDatabase);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty;
        }
    }

    static IResult Root(HttpContext context)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var links = OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json).Concat(Landing.Links(context.Request)).ToList();
        return format == OgcFormat.Json
            ? OgcAnswer.Json(context, Landing.Document(links))
            : OgcAnswer.Page<LandingPage>(context, new Dictionary<string, object?>());
    }

    static IResult Declare(HttpContext context, OgcOptions options)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json);
        return refusal is not null
            ? OgcAnswer.Refuse(context, refusal)
            : OgcAnswer.Document(context, format, new("遵循的标准", "Conformance"), Conformance.Document(options, OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json)));
    }

    static IResult Define(HttpContext context, LayerCatalog layers, OgcOptions options)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.OpenApi);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var definition = OpenApi.Document(context.Request, layers, options);
        return format == OgcFormat.Json
            ? OgcAnswer.Json(context, definition, OgcLink.OpenApi)
            : OgcAnswer.Page<ApiPage>(context, new Dictionary<string, object?> { [nameof(ApiPage.Definition)] = definition });
    }

    static async Task<IResult> List(HttpContext context, LayerCatalog layers, CollectionExtents extents)
    {
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        if (format == OgcFormat.Html)
            return OgcAnswer.Page<CollectionsPage>(context, new Dictionary<string, object?> { [nameof(CollectionsPage.Layers)] = layers.Layers });
        var known = await extents.Of(layers.Layers, context.RequestAborted);
        return OgcAnswer.Json(context, Collections.Document(context.Request, layers.Layers, known, OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json)));
    }

    static async Task<IResult> Describe(string collectionId, HttpContext context, LayerCatalog layers, CollectionExtents extents)
    {
        if (layers.Find(collectionId) is not { } layer)
            return OgcAnswer.Refuse(context, OgcRefusal.NoCollection(collectionId));
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Json);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var extent = (await extents.Of([layer], context.RequestAborted))[layer.Id];
        return format == OgcFormat.Json
            ? OgcAnswer.Json(context, Collections.Document(layer, extent, OgcLink.SelfAndTwin(context.Request, format, OgcLink.Json).Concat(Collections.Links(context.Request, layer))))
            : OgcAnswer.Page<CollectionPage>(context, new Dictionary<string, object?> { [nameof(CollectionPage.Layer)] = layer, [nameof(CollectionPage.Extent)] = extent });
    }

    static IResult DescribeQueryables(string collectionId, HttpContext context, LayerCatalog layers)
        => Schema(collectionId, context, layers, new("可查询属性", "Queryables"), FeatureSchema.OfQueryables);

    static IResult DescribeSchema(string collectionId, HttpContext context, LayerCatalog layers)
        => Schema(collectionId, context, layers, new("属性", "Schema"), FeatureSchema.OfFeature);

    static IResult Schema(string collectionId, HttpContext context, LayerCatalog layers, LocalText title, Func<LayerDefinition, LayerCatalog, string, System.Text.Json.Nodes.JsonObject> make)
    {
        if (layers.Find(collectionId) is not { } layer)
            return OgcAnswer.Refuse(context, OgcRefusal.NoCollection(collectionId));
        var (format, refusal) = OgcRequest.Check(context, OgcLink.Schema);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var schema = make(layer, layers, OgcAddress.Server(context.Request) + context.Request.Path);
        return format == OgcFormat.Json
            ? OgcAnswer.Json(context, schema, OgcLink.Schema)
            : OgcAnswer.Page<SchemaPage>(context, new Dictionary<string, object?> { [nameof(SchemaPage.Layer)] = layer, [nameof(SchemaPage.Title)] = title, [nameof(SchemaPage.Schema)] = schema });
    }

    static async Task<IResult> Items(string collectionId, HttpContext context, LayerCatalog layers, ItemsEndpoint items)
    {
        if (layers.Find(collectionId) is not { } layer)
            return OgcAnswer.Refuse(context, OgcRefusal.NoCollection(collectionId));
        var (format, refusal) = OgcRequest.Format(context, OgcLink.GeoJson);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var (request, fault) = ItemsRequests.Read(layer, context.Request.Query);
        if (format == OgcFormat.Html)
            return await ItemsAsPage(context, layer, request, fault, items);
        if (request is null)
            return OgcAnswer.Refuse(context, fault!);
        await items.Answer(context, request);
        return Results.Empty;
    }

    static async Task<IResult> ItemsAsPage(HttpContext context, LayerDefinition layer, ItemsRequest? request, OgcRefusal? fault, ItemsEndpoint items)
    {
        // The map shows degrees whatever the address asks for.
        var found = request is null ? null : await items.Document(context, request with { Crs = OgcCrs.Crs84 }, context.RequestAborted);
        return OgcAnswer.Page<ItemsPage>(context, new Dictionary<string, object?>
        {
            [nameof(ItemsPage.Layer)] = layer, [nameof(ItemsPage.Found)] = found?.RootElement, [nameof(ItemsPage.Fault)] = fault?.Text,
        }, fault?.Status ?? StatusCodes.Status200OK);
    }

    static async Task<IResult> Feature(string collectionId, string featureId, HttpContext context, LayerCatalog layers, FeatureEndpoint features)
    {
        if (layers.Find(collectionId) is not { } layer)
            return OgcAnswer.Refuse(context, OgcRefusal.NoCollection(collectionId));
        var (format, refusal) = OgcRequest.Format(context, OgcLink.GeoJson);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var (request, fault) = ItemsRequests.Read(layer, context.Request.Query);
        if (request is null)
            return OgcAnswer.Refuse(context, fault!);
        var crs = format == OgcFormat.Html ? OgcCrs.Crs84 : request.Crs;
        if (await features.Find(context, layer, request.Query, featureId, crs) is not { } found)
            return OgcAnswer.Refuse(context, OgcRefusal.NoFeature(collectionId, featureId));
        if (format == OgcFormat.Html)
            return OgcAnswer.Page<ItemPage>(context, new Dictionary<string, object?> { [nameof(ItemPage.Layer)] = layer, [nameof(ItemPage.Feature)] = JsonDocument.Parse(found.Document).RootElement });
        await FeatureEndpoint.Answer(context, found, crs);
        return Results.Empty;
    }
}
