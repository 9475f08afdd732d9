using System.Runtime.CompilerServices;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A snapshot on disk, so that a restart serves at once; how the bytes lie, <see cref="SectionFile"/> says.</summary>
public static class SnapshotFile
{
    // Open mappings by their snapshots; a snapshot that was built has none.
    static readonly ConditionalWeakTable<LayerSnapshot, MappedSnapshot> Mappings = [];
    static readonly List<MappedSnapshot> Alive = [];

    /// <summary>Writes the file whole or not at all; gives the hash that stands for its content.</summary>
    public static ulong Write(LayerSnapshot snapshot, string path, SnapshotOrigin origin = default)
        => SectionFile.Write(path, snapshot.Layer, origin, baseHash: 0, snapshot.Write);

    /// <summary>The snapshot in a file; null where there is none, where it was cut or altered, or where the definition is another now.</summary>
    public static LayerSnapshot? Open(string path, LayerDefinition layer) => Open(path, layer, out _, out _);

    public static unsafe LayerSnapshot? Open(string path, LayerDefinition layer, out SnapshotOrigin origin, out ulong hash)
    {
        (origin, hash) = (default, 0);
        if (SectionFile.Open(path, layer, baseHash: 0) is not { } opened)
            return null;
        (origin, hash) = (opened.Origin, opened.Hash);
        var snapshot = LayerSnapshot.Read(new SectionReader(opened.File.Start, opened.Directory), layer);
        Hold(opened.File);
        Mappings.Add(snapshot, opened.File);
        return snapshot;
    }

    /// <summary>Lets a snapshot's file go. Only when nobody reads the snapshot any more: its spans point into the file. Does nothing for one that was built.</summary>
    public static void Release(LayerSnapshot snapshot)
    {
        if (!Mappings.TryGetValue(snapshot, out var file))
            return;
        Mappings.Remove(snapshot);
        lock (Alive)
            Alive.Remove(file);
        file.Dispose();
    }

    /// <summary>Keeps a mapping for as long as the process runs.</summary>
    internal static void Hold(MappedSnapshot file)
    {
        lock (Alive)
            Alive.Add(file);
    }
}
