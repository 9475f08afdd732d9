using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiles.Snapshots.Predicates;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// How many features answer a question, without holding an answer up: from memory where the layer is held there and live, which is exact within milliseconds; else
/// from the database within its bound. What memory does not finish in time is estimated from the part that was read, but not for a caller with a scope: blocks and plans tell
/// of rows that he does not see.
/// </summary>
public sealed class CollectionCounts(LiveLayers live, FeatureCounts database)
{
    // Understanding the question is in it: looking for words in a dictionary of millions takes as long as counting. Listing the blocks for an estimate comes on top.
    static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(20);
    const int MostKept = 512;

    // Pages of one answer ask the same again; a view never changes, so a count of it holds as long as the view is there, and does not keep it there.
    readonly ConditionalWeakTable<LayerView, ConcurrentDictionary<string, MatchCount>> _known = [];

    public async ValueTask<MatchCount> Count(LayerDefinition layer, FeatureQuery query, CancellationToken cancel)
        => live.Find(layer.Id) is { State: LayerState.Live, View: { } view } && SnapshotAnswers.Refusal(layer, query) is null ? InMemory(view, query) : await database.Count(layer, query, cancel);

    /// <summary>What memory answers is counted to its end, for a page that fills in its numbers when they come.</summary>
    public async ValueTask<MatchCount> Whole(LayerDefinition layer, FeatureQuery query, CancellationToken cancel)
    {
        if (live.Find(layer.Id) is not { State: LayerState.Live, View: { } view } || SnapshotAnswers.Refusal(layer, query) is not null)
            return query.Scope is null ? await database.Count(layer, query, cancel) : await database.Whole(layer, query, cancel);
        var key = KeyOf(query);
        return KeptOf(view).TryGetValue(key, out var known) && known.IsExact ? known : await Task.Run(() => Keep(view, key, Count(view, query, TimeSpan.MaxValue)), cancel);
    }

    MatchCount InMemory(LayerView view, FeatureQuery query) => KeptOf(view).TryGetValue(KeyOf(query), out var known) ? known : Keep(view, KeyOf(query), Count(view, query, query.Scope is null ? MostTime : TimeSpan.MaxValue));

    ConcurrentDictionary<string, MatchCount> KeptOf(LayerView view) => _known.GetOrCreateValue(view);

    MatchCount Keep(LayerView view, string key, MatchCount count)
    {
        var kept = KeptOf(view);
        if (kept.Count >= MostKept)
            kept.Clear();
        return kept[key] = count;
    }

    static string KeyOf(FeatureQuery query) => $"{FeatureQueryText.Format(query)} in {query.Scope?.ToString() ?? "all"}";

    // Sums leave out what has no place, which a count does not.
    static MatchCount Count(LayerView view, FeatureQuery query, TimeSpan most)
    {
        var begun = Stopwatch.GetTimestamp();
        var parts = view.Ask(query);
        Span<ulong> mask = stackalloc ulong[BlockIndex.BlockRows / 64];
        var (found, read) = (0L, 0);
        foreach (var part in parts)
            foreach (var block in part.Blocks())
            {
                // A look at the clock is nothing beside a block, of which one with words to compare may take a millisecond.
                if (read > 0 && Stopwatch.GetElapsedTime(begun) > most)
                    return new((long)(found / (double)read * parts.Sum(BlocksOf)), false);
                read++;
                found += part.IsSummed(block) && (block + 1) * BlockIndex.BlockRows <= part.Snapshot.Placed ? part.Snapshot.Sums.Count(block) : part.Mask(block, mask);
            }
        return new(found, true);
    }

    // Blocks that may hold an answer; looking at them all takes a fraction of reading them.
    static int BlocksOf(SnapshotFilter part)
    {
        var blocks = 0;
        foreach (var _ in part.Blocks())
            blocks++;
        return blocks;
    }
}
