using System.Globalization;
using CityOps.Gis.Access;
using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Heat maps over HTTP: <c>/heat/{layer}?f=json|csv|geojson|png</c> and <c>/heat/{layer}/{z}/{x}/{y}.mvt</c>; the parameters are those of
/// <see cref="HeatQuestionText"/>. Needs <see cref="LayerCatalog"/>, <see cref="PostGis.CallerDatabase"/>, <see cref="LiveLayers"/> and <see cref="HeatServices.AddHeat"/>.
/// </summary>
public static class HeatEndpoints
{
    const string TileType = "application/vnd.mapbox-vector-tile";

    public static IEndpointRouteBuilder MapHeat(this IEndpointRouteBuilder routes)
    {
        var (layers, answers) = (routes.ServiceProvider.GetRequiredService<LayerCatalog>(), routes.ServiceProvider.GetRequiredService<HeatAnswers>());
        routes.MapGet("/heat/{layerId}", (string layerId, HttpContext context) => Answered(context, () => Map(layerId, context, layers, answers)));
        routes.MapGet("/heat/{layerId}/{zoom}/{x}/{row}", (string layerId, string zoom, string x, string row, HttpContext context)
            => Answered(context, () => Tile(layerId, zoom, x, row, context, layers, answers)));
        return routes;
    }

    static async Task<IResult> Answered(HttpContext context, Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (HeatRefusedException refused)
        {
            return Refused(context, refused.Sentence);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            context.Response.Headers.RetryAfter = "2";
            return Problem(context, StatusCodes.Status503ServiceUnavailable, "no-database",
                new("数据库没有应答，而所需数据不在内存中。", "The database does not answer, and memory does not hold what is needed."));
        }
    }

    static async Task<IResult> Map(string layerId, HttpContext context, LayerCatalog layers, HeatAnswers answers)
    {
        if (layers.Find(layerId) is not { Geometry: not GeometryKind.None } layer)
            return NoSuchLayer(context, layerId);
        var (question, refusal) = Read(layer, context.Request, layers);
        if (refusal is not null)
            return Refused(context, refusal);
        string format = context.Request.Query["f"] is [{ Length: > 0 } asked] ? asked : "json", width = context.Request.Query["width"].ToString();
        if (format is not ("json" or "csv" or "geojson" or "png"))
            return Refused(context, new($"f=“{format}”不可用；请用 json、csv、geojson 或 png。", $"'f={format}' cannot be used; write json, csv, geojson or png."));
        if (PictureWidth(width) is not { } pixels)
            return Refused(context, new(
                $"width=“{width}”不可用；请用 {HeatPicture.LeastWidth} 到 {HeatPicture.MostWidth} 像素。",
                $"'width={width}' cannot be used; write pixels from {HeatPicture.LeastWidth} to {HeatPicture.MostWidth}."));
        if (format == "png" && question.Cell == HeatCellKind.Department)
            return Refused(context, new("部门没有位置，不能用 f=png 显示。", "Departments have no place, so f=png cannot show them."));
        var plan = await answers.Plan(question, context.RequestAborted);
        if (IsKnown(context, $"{plan.Tag}-{format}{(format == "png" ? pixels : "")}"))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var answer = await answers.Answer(plan, context.RequestAborted);
        return format switch
        {
            "csv" => Written(HeatCsv.ContentType, into => HeatCsv.Write(answer, into), $"heat-{layerId}.csv"),
            "geojson" => Written(HeatGeoJson.ContentType, into => HeatGeoJson.Write(answer, into)),
            "png" when await answers.Districts(context.RequestAborted) is var districts => Written(HeatPicture.ContentType, into => new HeatPicture(answer, districts, pixels).Write(into)),
            _ => Written(HeatJson.ContentType, into => HeatJson.Write(answer, into)),
        };
    }

    static async Task<IResult> Tile(string layerId, string zoom, string x, string row, HttpContext context, LayerCatalog layers, HeatAnswers answers)
    {
        if (layers.Find(layerId) is not { Geometry: not GeometryKind.None } layer)
            return NoSuchLayer(context, layerId);
        if (ReadCoord(zoom, x, row) is not { } tile)
            return Refused(context, TileRefusal.NoTile($"{zoom}/{x}/{row}").Text);
        var (question, refusal) = Read(layer, context.Request, layers);
        if (refusal is not null)
            return Refused(context, refusal);
        if (question.Cell == HeatCellKind.Department)
            return Refused(context, new("部门没有位置，没有瓦片。", "Departments have no place, so there are no tiles of them."));
        var plan = await answers.Plan(question, context.RequestAborted);
        if (IsKnown(context, $"{plan.Tag}-{tile}"))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var bytes = new HeatTiles().Tile(await answers.AnswerAt(plan, tile.Zoom, context.RequestAborted), tile);
        return bytes.IsEmpty ? Results.NoContent() : Results.Bytes(bytes, TileType);
    }

    static (HeatQuestion Question, LocalText? Refusal) Read(LayerDefinition layer, HttpRequest request, LayerCatalog layers)
    {
        var (question, faults) = HeatQuestionText.Parse(layer, request.Query.Where(one => one.Key is not ("f" or "width" or "lang"))
            .SelectMany(one => one.Value.Select(value => KeyValuePair.Create(one.Key, value ?? ""))));
        var sentences = faults.Concat(HeatRules.Misfits(question, layers)).ToList();
        return (question, sentences.Count == 0 ? null : TileRefusal.BadQuestion(sentences).Text);
    }

    static int? PictureWidth(string text) => text.Length == 0 ? HeatPicture.UsualWidth
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is >= HeatPicture.LeastWidth and <= HeatPicture.MostWidth ? pixels : null;

    static TileCoord? ReadCoord(string zoom, string x, string row)
        => row.EndsWith(".mvt", StringComparison.Ordinal)
            && int.TryParse(zoom, NumberStyles.None, CultureInfo.InvariantCulture, out var z)
            && int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            && int.TryParse(row.AsSpan(0, row.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            && new TileCoord(z, column, y) is { IsValid: true } tile
            ? tile
            : null;

    // Milliseconds differ from answer to answer, so the tag is a weak one.
    static bool IsKnown(HttpContext context, string tag)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        // The tag holds the layer's version, which grows with changes outside a caller's scope too.
        if (Caller.Current.Scope is not null)
            return false;
        context.Response.Headers.ETag = $"W/\"{tag}\"";
        return context.Request.Headers.IfNoneMatch.ToString().Contains($"\"{tag}\"", StringComparison.Ordinal);
    }

    static IResult Written(string type, Action<Stream> write, string? fileName = null)
    {
        var body = new MemoryStream();
        write(body);
        body.Position = 0;
        return Results.File(body, type, fileName);
    }

    static IResult NoSuchLayer(HttpContext context, string id) => Problem(context, StatusCodes.Status404NotFound, "no-such-layer", TileRefusal.NoSuchLayer(id).Text);

    static IResult Refused(HttpContext context, LocalText sentence) => Problem(context, StatusCodes.Status400BadRequest, "bad-question", sentence);

    static IResult Problem(HttpContext context, int status, string type, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = RequestLanguage.Say(context.Request, sentence) });
}
