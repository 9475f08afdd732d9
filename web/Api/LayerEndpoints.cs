using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CityOps.Gis.Access;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using Microsoft.AspNetCore.Mvc;
using NetTopologySuite.IO.Converters;

namespace CityOps.Gis.Web.Api;

/// <summary>Layers, their features and their label points over HTTP.</summary>
public static class LayerEndpoints
{
    const string GeoJsonType = "application/geo+json";

    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new GeoJsonConverterFactory() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IEndpointRouteBuilder MapLayers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/layers", List);
        routes.MapGet("/api/layers/{layerId}/features/{fid}", GetFeature);
        routes.MapGet("/api/layers/{layerId}/labels", Labels);
        return routes;
    }

    static async Task<IResult> List(LayerCatalog layers, LayerStatistics statistics, CancellationToken cancel)
    {
        var counts = await statistics.Counts(layers, cancel);
        return Results.Json(layers.Layers.Select(layer => new
        {
            layer.Id, layer.Title, layer.Group, layer.Geometry, layer.Style, layer.Zooms, layer.Key, layer.Name,
            Fields = layer.StoredFields.Select(field => new { field.Name, field.Title, field.Type, field.CodeList, field.InTile, field.Searchable }),
            Count = counts.GetValueOrDefault(layer.Id),
            Tiles = layer.Geometry == GeometryKind.None ? null : $"/tiles/{layer.Id}.json",
        }), Format);
    }

    static async Task<IResult> GetFeature(
        string layerId, string fid, LayerCatalog layers, FeatureStore features, JurisdictionNames names, CancellationToken cancel)
    {
        if (layers.Find(layerId) is not { } layer)
            return NoSuchLayer(layerId);
        if (!long.TryParse(fid, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await features.Find(layer, number, cancel) is not { } feature)
            return Problem(StatusCodes.Status404NotFound, "no-such-feature", $"Layer '{layerId}' has no feature '{fid}'.");
        return Results.Json(GeoJson(feature, await names.Of(feature.Jurisdiction, cancel)), Format, GeoJsonType);
    }

    static async Task<IResult> Labels(
        string layerId, string? box, HttpContext context, LayerCatalog layers, LayerLabels labels, LayerStatistics statistics, CancellationToken cancel)
    {
        if (layers.Find(layerId) is not { } layer || !LayerLabels.Serves(layer))
            return NoSuchLayer(layerId);
        if (!LayerLabels.ServesWhole(layer))
            return ReadBox(box) is { } edges
                ? Results.Text(await labels.Within(layer, edges, cancel), GeoJsonType)
                : Problem(StatusCodes.Status400BadRequest, "bad-question", $"Labels of layer '{layerId}' are given for a box: box=west,south,east,north in degrees.");
        var version = (await statistics.Versions(cancel)).GetValueOrDefault(layerId);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
        context.Response.Headers.CacheControl = "private, no-cache";
        // The version grows with changes outside a caller's scope too.
        var isWhole = Caller.Current.ScopeOn(layer.Id) is null;
        if (isWhole)
            context.Response.Headers.ETag = tag;
        return isWhole && context.Request.Headers.IfNoneMatch == tag
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Text(await labels.Whole(layer, version, cancel), GeoJsonType);
    }

    static object GeoJson(Feature feature, JurisdictionNames.Names names) => new
    {
        Type = "Feature",
        Id = feature.Fid,
        feature.Geometry,
        Properties = feature.Values,
        Jurisdiction = new
        {
            District = Level(feature.Jurisdiction.District, names.District),
            Subdistrict = Level(feature.Jurisdiction.Subdistrict, names.Subdistrict),
            Community = Level(feature.Jurisdiction.Community, names.Community),
            Grid = Level(feature.Jurisdiction.Grid, names.Grid),
            Department = Level(feature.Jurisdiction.Department, names.Department),
        },
        feature.ValidFrom,
        feature.BatchId,
    };

    static object? Level(string? code, string? name) => code is null ? null : new { Code = code, Name = name };

    static IResult NoSuchLayer(string id) => Problem(StatusCodes.Status404NotFound, "no-such-layer", $"There is no layer '{id}'; /api/layers lists them.");

    static (double West, double South, double East, double North)? ReadBox(string? text)
    {
        var edges = (text ?? "").Split(',').Select(part => double.TryParse(part, CultureInfo.InvariantCulture, out var edge) ? edge : double.NaN).ToArray();
        return edges.Length == 4 && edges.All(double.IsFinite) ? (edges[0], edges[1], edges[2], edges[3]) : null;
    }

    static IResult Problem(int status, string type, string sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = sentence });
}
