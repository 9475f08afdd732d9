using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Search;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Api.Search;

/// <summary><c>/search?q=…&amp;limit=…&amp;layers=…</c>: features by code and name, and places by coordinate; <c>offset=gcj02|bd09</c> says that a coordinate is a web map's.</summary>
public static class SearchEndpoints
{
    const int UsualLimit = 10, MostAnswers = 50;

    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddSearch(this IServiceCollection services)
        => services.AddSingleton<FeatureSearch>().AddSingleton<PlaceSearch>().AddSingleton<JurisdictionChains>().AddSingleton<SearchBox>();

    public static IEndpointRouteBuilder MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/search", Find);
        return routes;
    }

    static async Task<IResult> Find(string? q, int? limit, string? layers, string? offset, LayerCatalog catalog, SearchBox box, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(q) || q.Length > FeatureSearch.MostCharacters)
            return Problem(new($"q 应为 1 至 {FeatureSearch.MostCharacters} 个字符的搜索文字。", $"'q' must be what is looked for, of 1 to {FeatureSearch.MostCharacters} characters."));
        var wanted = (layers ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (wanted.FirstOrDefault(id => catalog.Find(id) is null) is { } unknown)
            return Problem(new($"没有图层“{unknown}”，/api/layers 列出全部图层。", $"There is no layer '{unknown}'; /api/layers lists them."));
        if (!Enum.TryParse<MapOffset>(offset ?? "none", ignoreCase: true, out var shift))
            return Problem(new($"offset=“{offset}”应为 gcj02、bd09 或 none。", $"'offset={offset}' is none of gcj02, bd09 and none."));
        var found = await box.Find(new(q, Math.Clamp(limit ?? UsualLimit, 1, MostAnswers), wanted), shift, cancel);
        return Results.Json(new { query = q, answers = found }, Format);
    }

    static IResult Problem(LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = StatusCodes.Status400BadRequest, Type = "urn:cityops:bad-question", Title = "bad-question", Detail = sentence.In(UiLanguage.Current) });
}
