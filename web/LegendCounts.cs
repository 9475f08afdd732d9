using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Components;

namespace CityOps.Gis.Web;

/// <summary>How many features each colour of a layer's legend stands for. Counts of a view in memory are kept as long as the view, for all who ask the same.</summary>
public sealed class LegendCounts(LayerCatalog catalog, LiveLayers live, CollectionCounts counts)
{
    const int MostKept = 256;
    readonly ConditionalWeakTable<LayerView, ConcurrentDictionary<FeatureQuery, IReadOnlyDictionary<MapLegendEntry, MatchCount>>> _known = [];

    /// <summary>By entry of <see cref="LayerLegend.Of"/>, in the language of the page; empty for a layer of one colour.</summary>
    public async Task<IReadOnlyDictionary<MapLegendEntry, MatchCount>> Of(LayerDefinition layer, FeatureQuery query, CancellationToken cancel)
    {
        var kept = live.Find(layer.Id)?.View is { } view ? _known.GetOrCreateValue(view) : null;
        // The names of the entries are in a language; the counts are not.
        var questions = LayerLegend.Questions(layer, catalog, query).ToList();
        if (kept is not null && kept.TryGetValue(query, out var known) && questions.TrueForAll(one => known.ContainsKey(one.Entry)))
            return known;
        var found = new Dictionary<MapLegendEntry, MatchCount>();
        foreach (var (entry, asked) in questions)
            found[entry] = await counts.Whole(layer, asked, cancel);
        if (kept?.Count >= MostKept)
            kept.Clear();
        if (kept is not null)
            kept[query] = found;
        return found;
    }
}
