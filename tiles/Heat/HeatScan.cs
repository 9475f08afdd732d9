using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Counts features by cell from memory, with two threads: groups of blocks are handed out one after the other, each thread counts into cells of its own, and at the end
/// the second's are added to the first's. The answer is <c>HeatQuery</c>'s for the same tally, cell by cell.
/// </summary>
public static class HeatScan
{
    const int Threads = 2;

    /// <summary>False where a field is not held so that memory could answer; PostGIS does then.</summary>
    public static bool CanAnswer(LayerView view, HeatTally tally) => view.Parts.All(part => part.Snapshot.Count == 0 || HeatPart.Holds(part.Snapshot, tally));

    /// <exception cref="OperationCanceledException">Nobody wants the answer any more.</exception>
    public static HeatCounts Count(LayerView view, HeatTally tally, CancellationToken cancel = default)
    {
        CodeUnion? areas = tally.Lattice is null ? new() : null, values = tally.DistinctField is null ? null : new();
        var parts = view.Ask(tally.Query).Where(filter => filter.Snapshot.Count > 0).Select(filter => new HeatPart(filter, tally, areas, values)).ToArray();
        var edges = tally.Lattice is null ? null : new LatticeEdges(tally.Lattice, Box(parts));
        var workers = Scan(parts, () => new(tally, edges, areas?.Length ?? 0), cancel);
        for (var other = 1; other < workers.Length; other++)
            workers[0].Merge(workers[other]);
        var counts = HeatResult.Of(tally, workers[0], areas);
        foreach (var worker in workers)
            worker.Release();
        return counts;
    }

    // A second thread takes longer to begin than a group to count: rows that cannot answer begin none, so that its time does not tell of them.
    static HeatWorker[] Scan(HeatPart[] parts, Func<HeatWorker> worker, CancellationToken cancel)
    {
        var groups = parts.SelectMany(part => Groups(part).Select(group => (Part: part, Group: group))).ToArray();
        var (next, workers) = (-1, new HeatWorker[Math.Clamp(groups.Length, 1, Threads)]);
        Parallel.For(0, workers.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancel }, number =>
        {
            var own = workers[number] = worker();
            for (int at; (at = Interlocked.Increment(ref next)) < groups.Length;)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var block in groups[at].Part.Filter.BlocksOfGroup(groups[at].Group))
                    own.Count(groups[at].Part, block);
            }
        });
        return workers;
    }

    static WorldBox Box(HeatPart[] parts)
    {
        var box = WorldBox.Nothing;
        foreach (var part in parts)
            foreach (var group in Groups(part))
                if (part.Filter.Snapshot.Blocks.Groups.Box(group) is var found && found != WorldBox.Nothing)
                    box = box.With(found);
        return box == WorldBox.Nothing ? default : box;
    }

    // Those that may hold an answer.
    static IEnumerable<int> Groups(HeatPart part)
        => Enumerable.Range(0, part.Filter.Snapshot.Blocks.Groups.Count).Where(group => part.Filter.MayHold(part.Filter.Snapshot.Blocks.Groups, group));
}
