using System.Numerics;
using System.Runtime.Intrinsics;
using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Counts the rows of a block by the cells of a lattice. A block is a compact place, so mostly it lies in one cell (its rows are not read at all) or in a few: then
/// the edges between them are compared with eight spots at a time, and rows of the same cell in a row, which the Hilbert order makes many, are added up at once.
/// One worker's.
/// </summary>
sealed class LatticeCounter(LatticeEdges edges, CellTable table)
{
    const int MostSides = 8;
    readonly HeatGrid _lattice = edges.Lattice;
    readonly int[] _local = new int[MostSides * MostSides];

    /// <param name="mask">Rows that count, as of <see cref="SnapshotFilter.Mask"/>; all of them have a place.</param>
    /// <param name="matching">How many they are.</param>
    public void Count(LayerSnapshot snapshot, int block, ReadOnlySpan<ulong> mask, int matching)
    {
        var box = snapshot.Blocks.Blocks.Box(block);
        var (west, east) = (_lattice.StepOf(box.MinX), _lattice.StepOf(box.MaxX));
        var (north, south) = (edges.BandOf(box.MinY), edges.BandOf(box.MaxY));
        var start = block * BlockIndex.BlockRows;
        var rows = Math.Min(BlockIndex.BlockRows, snapshot.Placed - start);
        var x = snapshot.X.Slice(start, rows);
        var y = snapshot.Y.Slice(start, rows);
        if (!_lattice.IsHexagonal && west == east && north == south)
            table.Add(west, north, matching);
        else if (!_lattice.IsHexagonal && matching >= 64 && east - west < MostSides && north - south < MostSides)
            CountFew(x, y, mask, west, east, north, south, box);
        else if (_lattice.IsHexagonal)
            CountHexagons(x, y, mask);
        else
            CountMany(x, y, mask);
    }

    /// <summary>The slot of each of some rows of a block, given by their numbers within it.</summary>
    public void Slots(LayerSnapshot snapshot, int block, ReadOnlySpan<int> rows, Span<int> slots)
    {
        var start = block * BlockIndex.BlockRows;
        var x = snapshot.X[start..];
        var y = snapshot.Y[start..];
        for (var at = 0; at < rows.Length; at++)
        {
            var cell = CellOf(x[rows[at]], y[rows[at]]);
            slots[at] = table.Slot(cell.Column, cell.Row);
        }
    }

    void CountMany(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, ReadOnlySpan<ulong> mask)
    {
        var (column, row, run) = (0, 0, 0);
        for (var word = 0; word < mask.Length; word++)
            for (var left = mask[word]; left != 0; left &= left - 1)
            {
                var at = word * 64 + BitOperations.TrailingZeroCount(left);
                var (step, band) = (_lattice.StepOf(x[at]), edges.BandOf(y[at]));
                if ((step != column || band != row) && run > 0)
                {
                    table.Add(column, row, run);
                    run = 0;
                }
                (column, row, run) = (step, band, run + 1);
            }
        if (run > 0)
            table.Add(column, row, run);
    }

    void CountHexagons(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, ReadOnlySpan<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++)
            for (var left = mask[word]; left != 0; left &= left - 1)
            {
                var at = word * 64 + BitOperations.TrailingZeroCount(left);
                var cell = CellOf(x[at], y[at]);
                table.Add(cell.Column, cell.Row, 1);
            }
    }

    HeatCell CellOf(uint x, uint y)
    {
        var (step, band) = (_lattice.StepOf(x), edges.BandOf(y));
        return _lattice.IsHexagonal ? _lattice.Hexagon(step, band, x, y, edges.EdgeOf(band + 1), edges.EdgeOf(band)) : new(step, band);
    }

    void CountFew(ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, ReadOnlySpan<ulong> mask, int west, int east, int north, int south, WorldBox box)
    {
        Span<int> columnEdges = stackalloc int[MostSides], rowEdges = stackalloc int[MostSides];
        var columns = east - west + 1;
        for (var at = 0; at < columns - 1; at++)
            columnEdges[at] = (int)(_lattice.StartOf(west + at + 1) - box.MinX);
        for (var at = 0; at < north - south; at++)
            rowEdges[at] = (int)(edges.EdgeOf(north - at) - box.MinY);
        var local = _local.AsSpan(0, columns * (north - south + 1));
        local.Clear();
        CountLocal(x, y, mask, box, columnEdges[..(columns - 1)], rowEdges[..(north - south)], local);
        for (var at = 0; at < local.Length; at++)
            if (local[at] > 0)
                table.Add(west + at % columns, north - at / columns, local[at]);
    }

    // The number of a cell within the block is the number of edges west of the spot and, times the columns, of those north of it.
    static void CountLocal(
        ReadOnlySpan<uint> x, ReadOnlySpan<uint> y, ReadOnlySpan<ulong> mask, WorldBox box, ReadOnlySpan<int> columnEdges, ReadOnlySpan<int> rowEdges, Span<int> local)
    {
        Span<int> cells = stackalloc int[8];
        var (minX, minY, columns) = (Vector256.Create(box.MinX), Vector256.Create(box.MinY), Vector256.Create(columnEdges.Length + 1));
        var (current, run, whole) = (0, 0, x.Length & ~7);
        for (var at = 0; at < whole; at += 8)
        {
            var counts = (uint)(mask[at >> 6] >> at) & 0xFF;
            if (counts == 0)
                continue;
            var (right, down, cell) = ((Vector256.Create(x.Slice(at, 8)) - minX).AsInt32(), (Vector256.Create(y.Slice(at, 8)) - minY).AsInt32(), Vector256<int>.Zero);
            foreach (var edge in columnEdges)
                cell -= Vector256.GreaterThanOrEqual(right, Vector256.Create(edge));
            foreach (var edge in rowEdges)
                cell += Vector256.GreaterThanOrEqual(down, Vector256.Create(edge)) & columns;
            if (Vector256.EqualsAll(cell, Vector256.Create(current)))
            {
                run += BitOperations.PopCount(counts);
                continue;
            }
            local[current] += run;
            run = 0;
            cell.CopyTo(cells);
            for (; counts != 0; counts &= counts - 1)
                local[cells[BitOperations.TrailingZeroCount(counts)]]++;
            current = cells[7];
        }
        local[current] += run;
        for (var at = whole; at < x.Length; at++)
            if ((mask[at >> 6] >> at & 1) != 0)
                local[Above((int)(x[at] - box.MinX), columnEdges) + Above((int)(y[at] - box.MinY), rowEdges) * (columnEdges.Length + 1)]++;
    }

    static int Above(int value, ReadOnlySpan<int> edges)
    {
        var above = 0;
        foreach (var edge in edges)
            above += value >= edge ? 1 : 0;
        return above;
    }
}
