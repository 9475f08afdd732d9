using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Serving;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Pages;

/// <summary>The state of the map page as its address holds it: <c>?at=zoom/lat/lng&amp;layers=a,b&amp;district=350203&amp;feature=components/123&amp;executor=sql</c>.</summary>
/// <param name="Layers">Ids in the order they were chosen; null = those visible at the start.</param>
/// <param name="Executor">Who must answer for the tiles; null = automatic.</param>
public sealed record MapAddress(MapViewport? At, IReadOnlyList<string>? Layers, FeatureId? Feature, TileExecutor? Executor = null)
{
    /// <summary>What is asked of every layer.</summary>
    public MapQuestion Question { get; init; } = new();

    /// <summary>Id of a configured base map; null = the own ground.</summary>
    public string? Base { get; init; }

    /// <summary>By layer id, 0 to 1; layers that are not named are as their style says.</summary>
    public IReadOnlyDictionary<string, double> Opacities { get; init; } = new Dictionary<string, double>();

    /// <summary>The table below the map; null = folded.</summary>
    public TableAddress? Table { get; init; }

    /// <summary>Tab of the panel of what is selected; null = its first one.</summary>
    public string? Tab { get; init; }

    /// <summary>Metres within which things are near what is selected; null = the usual.</summary>
    public int? Within { get; init; }

    /// <summary>Reads an address's query; what cannot be read counts as absent.</summary>
    public static MapAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string key) => query.TryGetValue(key, out var value) ? value.ToString() : null;
        return new(MapViewport.TryParse(Text("at")), Text("layers")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), FeatureId.TryParse(Text("feature")),
            Text("executor") switch { "sql" => TileExecutor.Sql, "snapshot" => TileExecutor.Snapshot, _ => null })
        {
            Question = MapQuestion.Parse(query),
            Tab = Text("tab"),
            Within = int.TryParse(Text("within"), NumberStyles.None, CultureInfo.InvariantCulture, out var meters) ? meters : null,
            Table = TableAddress.Parse(query),
            Base = Text("base") is { Length: > 0 } id ? id : null,
            Opacities = ParseOpacities(Text("opacity")),
        };
    }

    /// <summary>Query at the end of the address of a layer's tiles; null when there is none.</summary>
    public string? TilesQuery(LayerDefinition layer)
        => string.Join('&', new[] { FeatureQueryText.Format(Question.Of(layer)), ExecutorText }.Where(part => part is { Length: > 0 })) is { Length: > 0 } query ? query : null;

    /// <summary>The address relative to the root. Commas and slashes may stand in a query (RFC 3986 §3.4), so people can read it.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (At is not null)
            parts.Add($"at={At}");
        if (Layers is not null)
            parts.Add("layers=" + string.Join(',', Layers.Select(Uri.EscapeDataString)));
        if (Feature is not null)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"feature={Uri.EscapeDataString(Feature.LayerId)}/{Feature.Fid}"));
        if (Feature is not null && Tab is not null)
            parts.Add("tab=" + Uri.EscapeDataString(Tab));
        if (Feature is not null && Within is { } meters)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"within={meters}"));
        if (!Question.IsWhole)
            parts.Add(Question.ToString());
        if (Base is not null)
            parts.Add("base=" + Uri.EscapeDataString(Base));
        if (Opacities.Count > 0)
            parts.Add("opacity=" + string.Join(',', Opacities.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => string.Create(CultureInfo.InvariantCulture, $"{Uri.EscapeDataString(one.Key)}:{one.Value:0.##}"))));
        if (Table is not null)
            parts.Add(Table.ToString());
        if (ExecutorText is { } executor)
            parts.Add(executor);
        return parts.Count == 0 ? "/" : "/?" + string.Join('&', parts);
    }

    static Dictionary<string, double> ParseOpacities(string? text)
    {
        var opacities = new Dictionary<string, double>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
            if (part.Split(':') is [{ Length: > 0 } layer, var number] && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var opacity) && opacity is >= 0 and < 1)
                opacities[layer] = opacity;
        return opacities;
    }

    string? ExecutorText => Executor is { } one ? "executor=" + one.ToString().ToLowerInvariant() : null;
}
