namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Finds a feature's row by its number: the rows in the order of their numbers, four bytes each, searched by halving.</summary>
public sealed class FidIndex
{
    readonly FidColumn _fids;
    readonly int[] _rows;

    FidIndex(FidColumn fids, int[] rows) => (_fids, _rows) = (fids, rows);

    public long Bytes => _rows.Length * 4L;

    public static FidIndex Of(LayerSnapshot snapshot)
        => new(snapshot.Fids, snapshot.Fids.IsNear ? ByRadix(snapshot.Fids, snapshot.Count) : ByComparison(snapshot.Fids, snapshot.Count));

    /// <summary>The row of a feature; -1 where the snapshot does not have it.</summary>
    public int Find(long fid)
    {
        var (low, high) = (0, _rows.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var found = _fids[_rows[middle]];
            if (found == fid)
                return _rows[middle];
            if (found < fid)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return -1;
    }

    static int[] ByRadix(FidColumn fids, int count)
    {
        var keys = GC.AllocateUninitializedArray<ulong>(count);
        for (var row = 0; row < count; row++)
            keys[row] = (ulong)(fids[row] - fids.Lowest) << 32 | (uint)row;
        return Array.ConvertAll(RadixSort.ByUpperHalf(keys), key => (int)(uint)key);
    }

    static int[] ByComparison(FidColumn fids, int count)
    {
        var (keys, rows) = (new long[count], new int[count]);
        for (var row = 0; row < count; row++)
            (keys[row], rows[row]) = (fids[row], row);
        Array.Sort(keys, rows);
        return rows;
    }
}
