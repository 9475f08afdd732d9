using System.Globalization;
using CityOps.Gis.Leaflet;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Web.Pages;

/// <summary>The state of the map page as its address holds it: <c>?at=zoom/lat/lng&amp;layers=a,b&amp;feature=components/123</c>.</summary>
/// <param name="Layers">Ids in the order they were chosen; null = those visible at the start.</param>
public sealed record MapAddress(MapViewport? At, IReadOnlyList<string>? Layers, FeatureId? Feature)
{
    /// <summary>Reads an address's query; what cannot be read counts as absent.</summary>
    public static MapAddress Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string key) => query.TryGetValue(key, out var value) ? value.ToString() : null;
        return new(MapViewport.TryParse(Text("at")), Text("layers")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), FeatureId.TryParse(Text("feature")));
    }

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
        return parts.Count == 0 ? "/" : "/?" + string.Join('&', parts);
    }

    /// <summary>The same state in another language.</summary>
    public string In(string language) => ToString() is var own && own.Length > 1 ? $"{own}&{UiLanguage.QueryKey}={language}" : $"/?{UiLanguage.QueryKey}={language}";
}
