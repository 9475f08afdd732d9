using System.Text.Json;
using System.Text.Json.Serialization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.History;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Api.History;

/// <summary>The life of single features over HTTP: its steps as JSON, and the ways it went as GeoJSON lines for the map.</summary>
public static class HistoryEndpoints
{
    const string GeoJsonType = "application/geo+json";

    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IEndpointRouteBuilder MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/layers/{layerId}/features/{fid:long}/history", Steps);
        routes.MapGet("/api/layers/{layerId}/features/{fid:long}/moves", Moves);
        return routes;
    }

    static async Task<IResult> Steps(string layerId, long fid, LayerCatalog layers, FeatureHistory history, CancellationToken cancel)
        => layers.Find(layerId) is not { } layer || await history.Of(layer, fid, cancel) is not { Count: > 0 } steps
            ? Missing(layerId, fid)
            : Results.Json(steps.Select(step => new { step.Kind, step.At, step.BatchId, step.Fields, step.Move }), Format);

    static async Task<IResult> Moves(string layerId, long fid, LayerCatalog layers, FeatureHistory history, CancellationToken cancel)
        => layers.Find(layerId) is not { } layer || await history.Of(layer, fid, cancel) is not { Count: > 0 } steps
            ? Missing(layerId, fid)
            : Results.Json(new { Type = "FeatureCollection", Features = steps.Where(step => step.Move is not null).Select(Line) }, Format, GeoJsonType);

    static object Line(FeatureChange step) => new
    {
        Type = "Feature",
        Id = step.At.ToUnixTimeMilliseconds(),
        Geometry = new { Type = "LineString", Coordinates = new double[][] { [step.Move!.FromLongitude, step.Move.FromLatitude], [step.Move.Longitude, step.Move.Latitude] } },
        Properties = new { step.At, step.Move.Meters },
    };

    static IResult Missing(string layerId, long fid) => Results.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status404NotFound, Type = "urn:cityops:no-such-feature", Title = "no-such-feature", Detail = $"Layer '{layerId}' never had a feature '{fid}'.",
    });
}
