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

    // Groups are numbered through all parts.
    static HeatWorker[] Scan(HeatPart[] parts, Func<HeatWorker> worker, CancellationToken cancel)
    {
        var firsts = new int[parts.Length + 1];
        for (var part = 0; part < parts.Length; part++)
            firsts[part + 1] = firsts[part] + parts[part].Filter.Snapshot.Blocks.Groups.Count;
        var (next, workers) = (-1, new HeatWorker[Math.Clamp(firsts[^1], 1, Threads)]);
        Parallel.For(0, workers.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancel }, number =>
        {
            var own = workers[number] = worker();
            var part = 0;
            for (int group; (group = Interlocked.Increment(ref next)) < firsts[^1];)
            {
                cancel.ThrowIfCancellationRequested();
                while (group >= firsts[part + 1])
                    part++;
                foreach (var block in parts[part].Filter.BlocksOfGroup(group - firsts[part]))
                    own.Count(parts[part], block);
            }
        });
        return workers;
    }

    // Of the groups that may hold an answer.
    static WorldBox Box(HeatPart[] parts)
    {
        var box = WorldBox.Nothing;
        foreach (var part in parts)
            for (var group = 0; group < part.Filter.Snapshot.Blocks.Groups.Count; group++)
                if (part.Filter.MayHold(part.Filter.Snapshot.Blocks.Groups, group) && part.Filter.Snapshot.Blocks.Groups.Box(group) is var found && found != WorldBox.Nothing)
                    box = box.With(found);
        return box == WorldBox.Nothing ? default : box;
    }
}
