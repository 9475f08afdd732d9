using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>Parts of a view as they were when their merge began, and what it made of them.</summary>
sealed record MergedParts(IReadOnlyList<FollowedPart> Sources, FollowedPart Merged)
{
    /// <param name="isWhole">The sources are all parts of the view.</param>
    public static MergedParts Of(Layers.LayerDefinition layer, IReadOnlyList<FollowedPart> sources, bool isWhole)
        => new(sources, FollowedPart.Of(SnapshotMerge.Of(layer, [.. sources.Select(part => part.View)], isWhole)));

    /// <summary>
    /// The parts with the sources replaced; rows that died during the merge are dead in the merged part too. A source has left the view when all its rows died; where
    /// all have (the layer was loaded anew, for instance), nothing is replaced.
    /// </summary>
    public IReadOnlyList<FollowedPart> In(IReadOnlyList<FollowedPart> parts)
    {
        var now = parts.ToDictionary(part => part.Snapshot, part => part.Dead);
        var first = parts.TakeWhile(part => Sources.All(source => source.Snapshot != part.Snapshot)).Count();
        if (first == parts.Count)
            return parts;
        var died = Sources.SelectMany(source => Died(source, now.GetValueOrDefault(source.Snapshot)));
        var merged = Merged with { Dead = Merged.Dead.With(died) };
        var replaced = Sources.Select(source => source.Snapshot).ToHashSet();
        return [.. parts.Take(first), merged, .. parts.Skip(first).Where(part => !replaced.Contains(part.Snapshot))];
    }

    IEnumerable<int> Died(FollowedPart source, DeadRows? now)
        => (now?.All() ?? Enumerable.Range(0, source.Snapshot.Count)).Where(row => !source.Dead[row]).Select(row => Merged.Index.Find(source.Snapshot.Fids[row]));
}
