using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>A part of a layer's view with what the follower needs to find its rows.</summary>
sealed record FollowedPart(LayerSnapshot Snapshot, DeadRows Dead, FidIndex Index)
{
    public int Count => Snapshot.Count - Dead.Count;
    public long Bytes => Snapshot.Bytes + Dead.Bytes + Index.Bytes;
    public ViewPart View => new(Snapshot, Dead);

    public static FollowedPart Of(LayerSnapshot snapshot) => new(snapshot, DeadRows.None, FidIndex.Of(snapshot));

    public static FollowedPart Of(ViewPart part) => new(part.Snapshot, part.Dead, FidIndex.Of(part.Snapshot));

    /// <summary>The row that counts for a feature; -1 where there is none.</summary>
    public int Find(long fid) => Index.Find(fid) is >= 0 and var row && !Dead[row] ? row : -1;
}
