using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Api.Table;

/// <summary><c>/api/layers/{id}/rows</c>: pages of the table of what is in view, for the browser.</summary>
public static class TableEndpoints
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddTable(this IServiceCollection services) => services.AddSingleton<FeatureRows>().AddSingleton<TablePages>();

    public static IEndpointRouteBuilder MapTable(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/layers/{layerId}/rows", Rows);
        return routes;
    }

    static async Task<IResult> Rows(string layerId, HttpContext context, LayerCatalog layers, TablePages pages, CancellationToken cancel)
    {
        if (layers.Find(layerId) is not { } layer)
            return Problem(StatusCodes.Status404NotFound, "no-such-layer", new($"没有图层“{layerId}”。", $"There is no layer '{layerId}'."));
        var (request, faults) = TableRequest.Read(layer, context.Request.Query);
        if (request is null)
            return Problem(StatusCodes.Status400BadRequest, "bad-question", new(string.Join(' ', faults.Select(fault => fault.Zh)), string.Join(' ', faults.Select(fault => fault.En))));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(await pages.Read(request, cancel), Format);
    }

    static IResult Problem(int status, string type, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = sentence.In(UiLanguage.Current) });
}
