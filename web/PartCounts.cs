using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiles.Snapshots.Predicates;
using CityOps.Gis.Web.Api.Ogc;

namespace CityOps.Gis.Web;

/// <summary>
/// How many of what answers a question are of each part of a layer: what the question would give if it asked for that part alone, so that legends, panels and charts agree.
/// Memory counts all classes, or all statuses, in one reading, and keeps them as long as the view for all who ask the same; the database is asked part by part
/// (<see cref="CollectionCounts"/>).
/// </summary>
public sealed class PartCounts(LayerCatalog catalog, LiveLayers live, CollectionCounts counts)
{
    const int MostKept = 512;
    readonly ConditionalWeakTable<LayerView, ConcurrentDictionary<(FeatureQuery, bool IsByStatus), IReadOnlyDictionary<string, long>>> _known = [];

    /// <summary>Of each part, with what else the question asks.</summary>
    public async Task<IReadOnlyDictionary<LayerPart, MatchCount>> Of(LayerDefinition layer, FeatureQuery query, IEnumerable<LayerPart> parts, CancellationToken cancel)
    {
        var found = new Dictionary<LayerPart, MatchCount>();
        if (live.Find(layer.Id) is { State: LayerState.Live, View: { } view } && SnapshotAnswers.Refusal(layer, query) is null)
            foreach (var kind in parts.GroupBy(part => part.IsStatus))
            {
                var tally = await Tally(view, kind.Key ? query with { Statuses = [] } : query with { Classes = [] }, kind.Key, cancel);
                foreach (var part in kind)
                    found[part] = new(tally.Where(code => part.Has(code.Key)).Sum(code => code.Value), true);
            }
        else
            foreach (var part in parts)
                found[part] = await counts.Whole(layer, part.Of(query), cancel);
        return found;
    }

    async ValueTask<IReadOnlyDictionary<string, long>> Tally(LayerView view, FeatureQuery query, bool isByStatus, CancellationToken cancel)
    {
        var kept = _known.GetOrCreateValue(view);
        if (kept.TryGetValue((query, isByStatus), out var known))
            return known;
        if (kept.Count >= MostKept)
            kept.Clear();
        return kept[(query, isByStatus)] = await Task.Run(() => CodeTally.Of(view, query, snapshot => isByStatus ? snapshot.Status : snapshot.Class), cancel);
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
