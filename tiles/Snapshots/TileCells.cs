using System.Numerics;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// Counts features into the 64 × 64 cells of a tile. A cell lies in one tile, so neighbours agree along their edge and the counts of a zoom's tiles add up to the
/// count of the question. It stands at the mean place of its features, and counts them by major or status where the layer says so.
/// </summary>
/// <remarks>In memory: a count and the sums of places in world units per cell; counts by key lie cell by cell, with room for a power of two of keys.</remarks>
sealed class TileCells(MvtWriter writer)
{
    const int CellBits = 6, Side = TileQuery.Cells;

    readonly (long Count, ulong X, ulong Y)[] _cells = new (long, ulong, ulong)[Side * Side];
    readonly int[] _rows = new int[BlockIndex.BlockRows];

    // Cells of the rows at hand.
    readonly int[] _places = new int[BlockIndex.BlockRows];

    // Largest first: the count, negative, above the cell's number.
    readonly long[] _order = new long[Side * Side];
    readonly List<string> _names = [];
    readonly Dictionary<long, int> _values = [];
    int[] _byKey = [];
    int _keyBits;
    TileCoord _tile;
    TileScale _scale;

    public void Begin(TileCoord tile)
    {
        (_tile, _scale) = (tile, new(tile, CellBits));
        Array.Clear(_cells);
        Array.Clear(_byKey);
        _names.Clear();
    }

    /// <summary>Counts the rows that answer; gives the blocks that were read.</summary>
    public int Add(SnapshotFilter filter, CancellationToken cancel)
    {
        var (snapshot, box, blocks) = (filter.Snapshot, WorldBox.OfTile(_tile), 0);
        var keys = snapshot.CellKeys is { } cellKeys ? KeysOf(cellKeys) : [];
        var countsKeys = snapshot.Sums.Keys == keys.Length;
        foreach (var block in filter.Blocks(box))
        {
            if ((++blocks & 255) == 0)
                cancel.ThrowIfCancellationRequested();
            if (countsKeys && filter.IsSummed(block) && CellOf(snapshot.Blocks.Blocks.Box(block), box) is >= 0 and var cell)
                AddBlock(snapshot.Sums, block, cell, keys);
            else
                AddRows(snapshot, _rows.AsSpan(0, filter.Select(block, box, Reach.Spot, _rows)), keys);
        }
        return blocks;
    }

    // The cell that holds a whole box; -1 where it lies in several or reaches over the tile's edge.
    int CellOf(WorldBox block, WorldBox tile)
        => tile.Holds(block) && _scale.X(block.MinX) is var x && x == _scale.X(block.MaxX) && _scale.Y(block.MinY) is var y && y == _scale.Y(block.MaxY) ? y * Side + x : -1;

    void AddBlock(BlockSums sums, int block, int at, ReadOnlySpan<int> keys)
    {
        ref var cell = ref _cells[at];
        var (x, y) = sums.Places(block);
        cell = (cell.Count + sums.Count(block), cell.X + x, cell.Y + y);
        if (keys.Length == 0)
            return;
        var counts = sums.KeyCounts(block);
        for (var key = 0; key < keys.Length; key++)
            _byKey[(at << _keyBits) + keys[key]] += counts[key];
    }

    void AddRows(LayerSnapshot snapshot, ReadOnlySpan<int> rows, ReadOnlySpan<int> keys)
    {
        var x = snapshot.X;
        var y = snapshot.Y;
        for (var at = 0; at < rows.Length; at++)
        {
            var row = rows[at];
            var place = _scale.Y(y[row]) * Side + _scale.X(x[row]);
            ref var cell = ref _cells[place];
            cell.Count++;
            cell.X += x[row];
            cell.Y += y[row];
            _places[at] = place;
        }
        if (keys.Length == 0)
            return;
        var column = snapshot.CellKeys!.Column;
        if (column.Width == 1)
            AddKeys(column.ByteCodes.Span, rows, snapshot.CellKeys.KeyOfCode, keys);
        else if (column.Width == 2)
            AddKeys(column.ShortCodes.Span, rows, snapshot.CellKeys.KeyOfCode, keys);
        else
            AddKeys(column.IntCodes.Span, rows, snapshot.CellKeys.KeyOfCode, keys);
    }

    void AddKeys<T>(ReadOnlySpan<T> codes, ReadOnlySpan<int> rows, ReadOnlySpan<ushort> keyOfCode, ReadOnlySpan<int> keys) where T : unmanaged, IBinaryInteger<T>
    {
        for (var at = 0; at < rows.Length; at++)
            if (keyOfCode[int.CreateTruncating(codes[rows[at]])] is > 0 and var key)
                _byKey[(_places[at] << _keyBits) + keys[key - 1]]++;
    }

    // Parts of a view number their keys each for itself; here they get the tile's numbers.
    int[] KeysOf(CellKeys own)
    {
        foreach (var name in own.Names)
            if (!_names.Contains(name))
                _names.Add(name);
        var bits = BitOperations.Log2((uint)Math.Max(1, _names.Count * 2 - 1));
        if (bits > _keyBits || _byKey.Length == 0)
            Widen(bits);
        return [.. own.Names.Select(name => _names.IndexOf(name))];
    }

    void Widen(int bits)
    {
        var wider = new int[Side * Side << bits];
        for (var cell = 0; _byKey.Length > 0 && cell < Side * Side; cell++)
            _byKey.AsSpan(cell << _keyBits, 1 << _keyBits).CopyTo(wider.AsSpan(cell << bits));
        (_byKey, _keyBits) = (wider, bits);
    }

    /// <summary>Writes the cells that hold something, largest first, so that none is drawn over a smaller one; gives the features counted.</summary>
    public long Write()
    {
        _values.Clear();
        var (aggregated, count, truth) = (writer.Key("aggregated"u8), writer.Key("cell_count"u8), writer.Truth(true));
        // Only what is counted in this tile is named: another name would tell what there is elsewhere.
        Span<int> keys = _names.Count <= 256 ? stackalloc int[_names.Count] : new int[_names.Count];
        keys.Fill(-1);
        var unit = new TileScale(_tile, 12);
        var seen = 0L;
        foreach (var place in InOrder())
        {
            var at = (int)(place & (Side * Side - 1));
            var cell = _cells[at];
            seen += cell.Count;
            writer.BeginFeature(MvtGeometryType.Point);
            writer.Tag(aggregated, truth);
            writer.Tag(count, ValueOf(cell.Count));
            for (var key = 0; key < keys.Length; key++)
                if (_byKey[(at << _keyBits) + key] is > 0 and var byKey)
                    writer.Tag(keys[key] >= 0 ? keys[key] : keys[key] = writer.Key(System.Text.Encoding.UTF8.GetBytes("count_" + _names[key])), ValueOf(byKey));
            writer.Point(unit.X((uint)(cell.X / (ulong)cell.Count)), unit.Y((uint)(cell.Y / (ulong)cell.Count)));
            writer.EndFeature();
        }
        return seen;
    }

    Span<long> InOrder()
    {
        var filled = 0;
        for (var at = 0; at < _cells.Length; at++)
            if (_cells[at].Count > 0)
                _order[filled++] = -_cells[at].Count << (2 * CellBits) | (long)at;
        var order = _order.AsSpan(0, filled);
        order.Sort();
        return order;
    }

    int ValueOf(long count)
    {
        if (!_values.TryGetValue(count, out var index))
            _values[count] = index = writer.Integer(count);
        return index;
    }
}
