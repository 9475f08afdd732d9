using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Web.Api.Ogc;

namespace CityOps.Gis.Web;

/// <summary>
/// How many of what answers a question are of each part of a layer. Each is the count of a question (<see cref="CollectionCounts"/>), so that legends, panels and charts agree;
/// counts of a view in memory are kept as long as the view, for all who ask the same.
/// </summary>
public sealed class PartCounts(LayerCatalog catalog, LiveLayers live, CollectionCounts counts)
{
    const int MostKept = 2048;
    readonly ConditionalWeakTable<LayerView, ConcurrentDictionary<FeatureQuery, MatchCount>> _known = [];

    /// <summary>Of each part, with what else the question asks.</summary>
    public async Task<IReadOnlyDictionary<LayerPart, MatchCount>> Of(LayerDefinition layer, FeatureQuery query, IEnumerable<LayerPart> parts, CancellationToken cancel)
    {
        var kept = live.Find(layer.Id) is { State: LayerState.Live, View: { } view } ? _known.GetOrCreateValue(view) : [];
        if (kept.Count > MostKept)
            kept.Clear();
        var found = new Dictionary<LayerPart, MatchCount>();
        foreach (var part in parts)
            found[part] = kept.TryGetValue(part.Of(query), out var known) ? known : kept[part.Of(query)] = await counts.Whole(layer, part.Of(query), cancel);
        return found;
    }

    /// <summary>Of the majors, or where one major is asked for, of its classes; those that occur, most first. Empty for a layer without classes.</summary>
    public async Task<IReadOnlyList<(LayerPart Part, MatchCount Count)>> ByClass(LayerDefinition layer, FeatureQuery query, CancellationToken cancel)
    {
        var majors = LayerParts.Majors(layer, catalog);
        var parts = query.Classes is [var one] && majors.Any(major => major.Key == one) ? LayerParts.Classes(layer, catalog, one)
            : query.Classes.Count == 0 ? majors
            : [.. majors.SelectMany(major => LayerParts.Classes(layer, catalog, major.Key).Prepend(major)).Where(part => query.Classes.Contains(part.Key))];
        return [.. (await Of(layer, query, parts, cancel)).Where(part => part.Value.Number > 0).OrderByDescending(part => part.Value.Number).Select(part => (part.Key, part.Value))];
    }
}
