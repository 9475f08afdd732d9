using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Following;

/// <summary>What transactions did to one layer: of every feature its last version. One thread's.</summary>
sealed class LayerChanges
{
    /// <summary>A transaction that changes more than this is loaded, not applied row by row.</summary>
    public const int MostRows = 50_000;
    public const long MostBytes = 64 << 20;

    readonly Dictionary<long, ChangedRow> _rows = [];

    public IReadOnlyDictionary<long, ChangedRow> Rows => _rows;

    /// <summary>All features from before are gone.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>End of the truncating transaction in the server's log.</summary>
    public ulong TruncatedLsn { get; private set; }
    public long Bytes { get; private set; }

    /// <summary>Too much to apply row by row, or not all of it came; the layer must be loaded.</summary>
    public bool WantsReload { get; private set; }

    /// <summary>The columns changed and now lack something, or have all again.</summary>
    public LocalText? Fault { get; private set; }
    public bool HasColumns { get; private set; }

    public void Put(ChangedRow row)
    {
        if (WantsReload)
            return;
        if (_rows.GetValueOrDefault(row.Carrier) is { IsDeletion: false } earlier && !row.IsDeletion)
            row.CarryOver(earlier);
        Bytes += row.Bytes;
        _rows[row.Fid] = row;
        if (_rows.Count > MostRows || Bytes > MostBytes)
            Reload();
    }

    public void Truncate(ulong lsn)
    {
        (IsTruncated, TruncatedLsn, Bytes) = (true, lsn, 0);
        _rows.Clear();
    }

    public void Reload()
    {
        (WantsReload, Bytes) = (true, 0);
        _rows.Clear();
    }

    public void SetColumns(LocalText? fault) => (Fault, HasColumns) = (fault, fault is null);

    /// <summary>The transaction is complete.</summary>
    public void Commit(ulong lsn)
    {
        foreach (var row in _rows.Values)
            row.Lsn = lsn;
        if (IsTruncated)
            TruncatedLsn = lsn;
    }

    /// <summary>These and those of a later transaction; the later is used up.</summary>
    public void Append(LayerChanges later)
    {
        if (later.IsTruncated)
            Truncate(later.TruncatedLsn);
        // What is carried over is taken before anything is written: numbers may have been exchanged.
        foreach (var row in later._rows.Values)
            if (!row.IsDeletion && _rows.GetValueOrDefault(row.Carrier) is { IsDeletion: false } earlier)
                row.CarryOver(earlier);
        foreach (var row in later._rows.Values)
            (_rows[row.Fid], Bytes) = (row, Bytes + row.Bytes);
    }
}
