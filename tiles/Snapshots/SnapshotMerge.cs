using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Makes one snapshot of several parts of a view, without the dead rows. Rows at the same place along the curve keep the order of the parts, so what did not change
/// stays in the order it was in.
/// </summary>
public static class SnapshotMerge
{
    public static LayerSnapshot Of(LayerDefinition layer, IReadOnlyList<ViewPart> parts)
    {
        var builder = new SnapshotBuilder(layer, FrameOf(parts));
        foreach (var (snapshot, dead) in parts)
            for (var row = 0; row < snapshot.Count; row++)
                if (!dead[row])
                    builder.Add(snapshot, row);
        return builder.Build(parts[^1].Snapshot.Version, parts[^1].Snapshot.Departments);
    }

    // The first part's, unless most of the rows are others'.
    static WorldBox? FrameOf(IReadOnlyList<ViewPart> parts) => parts[0].Count >= parts.Skip(1).Sum(part => part.Count) ? parts[0].Snapshot.Frame : null;
}
