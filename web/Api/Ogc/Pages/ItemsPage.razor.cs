using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Api.Ogc.Pages;

/// <summary>A page of features for people: what is asked, a map, a table, and the pages beside it.</summary>
public sealed partial class ItemsPage
{
    const int MostColumns = 9;
    static readonly string[] Fields = ["q", "district", "class", "status", "datetime", "filter", "limit", "after", "before", "offset", OgcFormats.Parameter];

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    /// <summary>The page as GeoJSON in degrees; null where the question was not understood.</summary>
    [Parameter]
    public JsonElement? Found { get; set; }

    [Parameter]
    public LocalText? Fault { get; set; }

    (string, string)[] Crumbs => [(Say("集合", "Collections"), Url("/collections?f=html")), (Layer.Title.In(UiLanguage.Current), Url($"/collections/{Layer.Id}?f=html"))];

    /// <summary>Parts of the question that have no field of their own stay as they are.</summary>
    IEnumerable<(string Name, string? Value)> Others => Request.Query.Where(one => !Fields.Contains(one.Key)).SelectMany(one => one.Value.Select(value => (one.Key, value)));

    /// <summary>What tells features apart stands first; the feature's own page has the rest.</summary>
    IReadOnlyList<Queries.Queryable> Columns => [.. new[] { Layer.Key, Layer.Name, "class_code", "status", "occurred_at", "district_code", "grid_code" }
        .Concat(FeatureColumn.Of(Layer).Select(column => column.Name)).OfType<string>().Distinct()
        .Where(name => FeatureColumn.Of(Layer).Any(column => column.Name == name)).Take(MostColumns).Select(name => Queryables.Of(Layer).First(one => one.Name == name))];

    string FilterHint => $"{Layer.Key} LIKE '3502%' AND district_code = '350203'";

    string Asked(string name) => Request.Query[name].ToString();

    static string Matched(JsonElement found)
    {
        // Left out where a caller with a scope would only be told what is estimated from rows of others.
        if (!found.TryGetProperty("numberMatched", out var matched))
            return Say("数量未统计", "not counted");
        var number = Number(matched.GetInt64());
        return found.GetProperty("numberMatchedKind").ValueEquals("exact") ? Say($"共 {number} 个", $"{number} features") : Say($"约 {number} 个（估计）", $"about {number} features (estimate)");
    }

    static IEnumerable<(string Text, string Href)> PageLinks(JsonElement found)
    {
        foreach (var (rel, text) in new[] { ("prev", Say("上一页", "Previous")), ("next", Say("下一页", "Next")) })
            foreach (var link in found.GetProperty("links").EnumerateArray().Where(link => link.GetProperty("rel").ValueEquals(rel)))
                yield return (text, link.GetProperty("href").GetString()!);
    }

    // A feature that is found by its state only keeps that part of the question.
    string ItemUrl(JsonElement feature) => OgcAddress.Root + $"/collections/{Layer.Id}/items/{feature.GetProperty("id")}?f=html"
        + (Asked("status") is { Length: > 0 } status ? "&status=" + Uri.EscapeDataString(status) : "") + (Asked("as-of") is { Length: > 0 } asOf ? "&as-of=" + Uri.EscapeDataString(asOf) : "");

    // Within a script element only "</" and "<!--" could end it.
    static string Inline(JsonElement found) => found.GetRawText().Replace("<", "\\u003c", StringComparison.Ordinal);
}
