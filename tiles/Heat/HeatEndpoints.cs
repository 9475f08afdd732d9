using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Following;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Heat maps over HTTP: <c>/heat/{layer}</c> (JSON). Needs <see cref="LayerCatalog"/>,
/// <see cref="NpgsqlDataSource"/> and <see cref="LiveLayers"/> as services.
/// </summary>
public static class HeatEndpoints
{
    public static IEndpointRouteBuilder MapHeat(this IEndpointRouteBuilder routes)
    {
        var source = routes.ServiceProvider.GetRequiredService<NpgsqlDataSource>();
        var answers = new HeatAnswers(routes.ServiceProvider.GetRequiredService<LayerCatalog>(), routes.ServiceProvider.GetRequiredService<LiveLayers>(),
            new(source), new(source), new());
        routes.MapGet("/heat/{layerId}", (string layerId, HttpContext context, LayerCatalog layers) => Map(layerId, context, layers, answers));
        return routes;
    }

    static async Task<IResult> Map(string layerId, HttpContext context, LayerCatalog layers, HeatAnswers answers)
    {
        if (layers.Find(layerId) is not { Geometry: not GeometryKind.None })
            return NoSuchLayer(layerId);
        var (question, faults) = HeatQuestionText.Parse(layerId, Parameters(context.Request));
        if (faults.Concat(HeatRules.Misfits(question, layers)).ToList() is { Count: > 0 } sentences)
            return Refused(string.Join(' ', sentences.Select(fault => fault.En)));
        var plan = await answers.Plan(question, context.RequestAborted);
        if (IsKnown(context, plan.Tag))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var answer = await answers.Answer(plan, context.RequestAborted);
        return Written(HeatJson.ContentType, into => HeatJson.Write(answer, into));
    }

    // Milliseconds differ from answer to answer, so the tag is a weak one.
    static bool IsKnown(HttpContext context, string tag)
    {
        context.Response.Headers.ETag = $"W/\"{tag}\"";
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.Headers.IfNoneMatch.ToString().Contains($"\"{tag}\"", StringComparison.Ordinal);
    }

    static IResult Written(string type, Action<Stream> write)
    {
        var body = new MemoryStream();
        write(body);
        return Results.Bytes(body.GetBuffer().AsMemory(0, (int)body.Length), type);
    }

    static IEnumerable<KeyValuePair<string, string>> Parameters(HttpRequest request)
        => request.Query.Where(one => one.Key is not "f").SelectMany(one => one.Value.Select(value => KeyValuePair.Create(one.Key, value ?? "")));

    static IResult NoSuchLayer(string id) => Problem(StatusCodes.Status404NotFound, "no-such-layer", $"There is no layer '{id}' with places; /tiles lists them.");

    static IResult Refused(string sentence) => Problem(StatusCodes.Status400BadRequest, "bad-question", sentence);

    static IResult Problem(int status, string type, string sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = sentence });
}
