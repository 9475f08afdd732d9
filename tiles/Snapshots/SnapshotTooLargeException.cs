namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>A layer takes more memory than is set aside for it.</summary>
public sealed class SnapshotTooLargeException(string layerId, long bytes, long mostBytes)
    : Exception(FormattableString.Invariant($"Layer {layerId} takes more than {bytes >> 20} MB; {mostBytes >> 20} MB are left for it."))
{
    public long Bytes => bytes;
    public long MostBytes => mostBytes;
}
