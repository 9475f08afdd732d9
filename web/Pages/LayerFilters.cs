using CityOps.Gis.Queries;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Pages;

/// <summary>What is asked of single layers, as the address of a page holds it: <c>components.class=01,0201&amp;components.status=完好</c>.</summary>
public sealed record LayerFilters
{
    const string ClassEnding = ".class", StatusEnding = ".status";

    /// <summary>Every layer is asked for everything.</summary>
    public static readonly LayerFilters None = new();

    readonly SortedDictionary<string, LayerFilter> _byLayer = new(StringComparer.Ordinal);

    public bool AreNone => _byLayer.Count == 0;

    /// <summary>Ids of the layers of which not everything is asked for.</summary>
    public IEnumerable<string> Layers => _byLayer.Keys;

    public LayerFilter Of(string layerId) => _byLayer.GetValueOrDefault(layerId, LayerFilter.None);

    /// <summary>The same with one layer's filter replaced.</summary>
    public LayerFilters With(string layerId, LayerFilter filter)
    {
        var changed = new LayerFilters();
        foreach (var (id, other) in _byLayer)
            changed._byLayer[id] = other;
        changed._byLayer.Remove(layerId);
        if (!filter.IsNone)
            changed._byLayer[layerId] = filter;
        return changed;
    }

    /// <summary>Reads the parameters of an address; codes that nobody could have are passed over.</summary>
    public static LayerFilters Parse(IReadOnlyDictionary<string, StringValues> parameters)
    {
        var filters = None;
        foreach (var (name, value) in parameters)
            if (Codes(value.ToString()) is { Count: > 0 } codes)
                filters = name.EndsWith(ClassEnding, StringComparison.Ordinal) && name[..^ClassEnding.Length] is var classed ? filters.With(classed, filters.Of(classed) with { Classes = codes })
                    : name.EndsWith(StatusEnding, StringComparison.Ordinal) && name[..^StatusEnding.Length] is var stated ? filters.With(stated, filters.Of(stated) with { Statuses = codes })
                    : filters;
        return filters;
    }

    /// <summary>A question with what is asked of its layer.</summary>
    public FeatureQuery Of(FeatureQuery query) => Of(query.LayerId) is { IsNone: false } filter ? query with { Classes = filter.Classes, Statuses = filter.Statuses } : query;

    public bool Equals(LayerFilters? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Parameters of the address, in a fixed order.</summary>
    public override string ToString() => string.Join('&', _byLayer.SelectMany(one => new[] { (Name: one.Key + ClassEnding, Codes: one.Value.Classes), (Name: one.Key + StatusEnding, Codes: one.Value.Statuses) })
        .Where(one => one.Codes.Count > 0).Select(one => $"{Uri.EscapeDataString(one.Name)}={string.Join(',', one.Codes.Select(Uri.EscapeDataString))}"));

    static List<string> Codes(string text)
        => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(code => !code.Any(char.IsControl)).Distinct().Order(StringComparer.Ordinal)];
}
