using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// Vector tiles over HTTP: <c>/tiles/{layer}/{z}/{x}/{y}.mvt</c> (MVT 2.1) and <c>/tiles/{layer}.json</c> (TileJSON 3.0). Needs <see cref="LayerCatalog"/> and
/// <see cref="TileQuery"/> as services.
/// </summary>
public static class TileEndpoints
{
    const string TileType = "application/vnd.mapbox-vector-tile";

    public static IEndpointRouteBuilder MapTiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/tiles/{layerId}/{zoom}/{x}/{row}", Tile);
        routes.MapGet("/tiles/{file}", Description);
        routes.MapGet("/tiles", Catalogue);
        return routes;
    }

    static async Task<IResult> Tile(string layerId, string zoom, string x, string row, HttpContext context, LayerCatalog layers, TileQuery tiles)
    {
        if (layers.Find(layerId) is not { Geometry: not GeometryKind.None } layer)
            return NoSuchLayer(layerId);
        if (ReadCoord(zoom, x, row) is not { } tile)
            return Refused($"'{zoom}/{x}/{row}' is no tile: write zoom/column/row.mvt with zoom 0–{TileCoord.MaxZoom} and column and row from 0 to 2^zoom − 1.");
        var (query, faults) = FeatureQueryText.Parse(layerId, Parameters(context.Request));
        if (faults.Count > 0)
            return Refused(string.Join(' ', faults.Select(fault => fault.En)));
        var version = await tiles.Version(layer, context.RequestAborted);
        var tag = Tag(version, query, tile);
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var bytes = await tiles.Tile(layer, query, tile, context.RequestAborted);
        return bytes.Length == 0 ? Results.NoContent() : Encoded(context, bytes);
    }

    static IResult Encoded(HttpContext context, byte[] bytes)
    {
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return Results.Bytes(bytes, TileType);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(packed.ToArray(), TileType);
    }

    static IResult Description(string file, HttpContext context, LayerCatalog layers)
    {
        var id = file.EndsWith(".json", StringComparison.Ordinal) ? file[..^5] : file;
        return layers.Find(id) is { Geometry: not GeometryKind.None } layer ? Results.Json(TileJson.Describe(layer, BaseUrl(context.Request))) : NoSuchLayer(id);
    }

    static IResult Catalogue(HttpContext context, LayerCatalog layers) => Results.Json(layers.Layers
        .Where(layer => layer.Geometry != GeometryKind.None)
        .Select(layer => new { id = layer.Id, title = layer.Title, tilejson = $"{BaseUrl(context.Request)}/tiles/{layer.Id}.json" }));

    static TileCoord? ReadCoord(string zoom, string x, string row)
        => row.EndsWith(".mvt", StringComparison.Ordinal)
            && int.TryParse(zoom, NumberStyles.None, CultureInfo.InvariantCulture, out var z)
            && int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            && int.TryParse(row.AsSpan(0, row.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            && new TileCoord(z, column, y) is { IsValid: true } tile
            ? tile
            : null;

    static IEnumerable<KeyValuePair<string, string>> Parameters(HttpRequest request)
        => request.Query.SelectMany(one => one.Value.Select(value => KeyValuePair.Create(one.Key, value ?? "")));

    static string Tag(long version, FeatureQuery query, TileCoord tile)
    {
        var question = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(FeatureQueryText.Format(query)));
        return string.Create(CultureInfo.InvariantCulture, $"\"{version}-{tile.Zoom}-{tile.X}-{tile.Y}-{Convert.ToHexStringLower(question.AsSpan(0, 6))}\"");
    }

    static string BaseUrl(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    static IResult NoSuchLayer(string id) => Problem(StatusCodes.Status404NotFound, "no-such-layer", $"There is no layer '{id}' with tiles; /tiles lists them.");

    static IResult Refused(string sentence) => Problem(StatusCodes.Status400BadRequest, "bad-question", sentence);

    static IResult Problem(int status, string type, string sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = sentence });
}
