using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Makes one snapshot of several parts of a view, without the dead rows, column by column on one thread: it runs beside the serving of tiles. Rows at the same place
/// along the curve keep the order of the parts, so what did not change stays in the order it was in.
/// </summary>
public static class SnapshotMerge
{
    /// <param name="isWhole">They are all parts of the view, so that the merge may have a curve of its own.</param>
    public static LayerSnapshot Of(LayerDefinition layer, IReadOnlyList<ViewPart> parts, bool isWhole)
    {
        var (last, frame) = (parts[^1].Snapshot, parts[0].Snapshot.Frame);
        // A curve laid over where a few features once were is no order for the many that came.
        var isOutgrown = isWhole && parts.Skip(1).Sum(part => part.Count) > parts[0].Count;
        if (isOutgrown || parts.Any(part => part.Snapshot.Frame != frame))
            return Anew(layer, parts);
        var runs = new RowRuns(parts);
        var codes = SnapshotColumns.Codes.Select((name, at) => ColumnMerge.Codes(runs, name, snapshot => snapshot.Codes[at])).ToArray();
        var own = SnapshotColumns.OwnAttributes(layer).Select(field => ColumnMerge.Attribute(runs, field.Name)).ToArray();
        return LayerSnapshot.Make(layer, last.Version, frame, runs.Placed,
            ColumnMerge.Copy(runs, snapshot => snapshot.XColumn), ColumnMerge.Copy(runs, snapshot => snapshot.YColumn),
            ColumnMerge.Fids(runs), codes, ColumnMerge.Times(runs), ShapeMerge.Of(runs), own, last.Departments);
    }

    static LayerSnapshot Anew(LayerDefinition layer, IReadOnlyList<ViewPart> parts)
    {
        var builder = new SnapshotBuilder(layer);
        foreach (var (snapshot, dead) in parts)
            for (var row = 0; row < snapshot.Count; row++)
                if (!dead[row])
                    builder.Add(snapshot, row);
        return builder.Build(parts[^1].Snapshot.Version, parts[^1].Snapshot.Departments);
    }
}
