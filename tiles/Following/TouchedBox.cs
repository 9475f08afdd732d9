using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>Where an old or new version of a feature lies: at a spot, or within the box of its shape, which tiles show over their edges too.</summary>
/// <param name="Version">Number of the change, as in <see cref="TouchedTiles"/>.</param>
readonly record struct TouchedBox(WorldBox Box, bool IsShape, long Version)
{
    /// <summary>Null where the row has no place.</summary>
    public static TouchedBox? Of(LayerSnapshot snapshot, int row, long version)
        => row >= snapshot.Placed ? null
            : snapshot.Shapes.Of(row) is >= 0 and var shape
                ? new(snapshot.Shapes.Box(shape), true, version)
                : new(new(snapshot.X[row], snapshot.Y[row], snapshot.X[row], snapshot.Y[row]), false, version);
}
