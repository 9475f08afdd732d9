namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A snapshot within a <see cref="LayerView"/> and those of its rows that count no more.</summary>
public sealed record ViewPart(LayerSnapshot Snapshot, DeadRows Dead)
{
    /// <summary>Rows that count.</summary>
    public int Count => Snapshot.Count - Dead.Count;
}
