namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// What a view has beside the large snapshot of a <see cref="SnapshotFile"/>: the rows of that which count no more, and the later parts. It says by hash which
/// file it belongs to, so it is small, quickly written, and never taken for another's. Layout as <see cref="SectionFile"/>; in the directory a count of parts, per
/// part its dead rows and, but for the first, its snapshot.
/// </summary>
public static class ChangesFile
{
    /// <param name="parts">Of the view; the first stands in the snapshot file.</param>
    /// <param name="baseHash">Of the snapshot file.</param>
    public static void Write(string path, IReadOnlyList<ViewPart> parts, ulong baseHash, SnapshotOrigin origin)
        => SectionFile.Write(path, parts[0].Snapshot.Layer, origin, baseHash, sections =>
        {
            sections.Long(parts.Count);
            for (var part = 0; part < parts.Count; part++)
            {
                sections.Slab(new Slab<int>([.. parts[part].Dead.All()]));
                if (part > 0)
                    parts[part].Snapshot.Write(sections);
            }
        });

    /// <summary>All parts of the view; null where there is no such file, where it was cut or altered, or belongs to another snapshot file.</summary>
    public static unsafe IReadOnlyList<ViewPart>? Open(string path, LayerSnapshot first, ulong baseHash, out SnapshotOrigin origin)
    {
        origin = default;
        if (SectionFile.Open(path, first.Layer, baseHash) is not { } opened)
            return null;
        origin = opened.Origin;
        SnapshotFile.Hold(opened.File);
        var sections = new SectionReader(opened.File.Start, opened.Directory);
        var parts = new ViewPart[sections.Long()];
        for (var part = 0; part < parts.Length; part++)
        {
            var dead = DeadRows.None.With(sections.Slab<int>().Span.ToArray());
            parts[part] = new(part == 0 ? first : LayerSnapshot.Read(sections, first.Layer), dead);
        }
        return parts;
    }
}
