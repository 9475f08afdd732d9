using CityOps.Gis.Heat;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// Neighbours on a lattice: the eight squares or six hexagons that touch a cell, or all whose centres lie within a distance on the lattice's plane. Found by offsets
/// from a cell, which for hexagons differ between even and odd rows.
/// </summary>
public sealed class LatticeNeighbours : INeighbours
{
    readonly HeatCell[] _cells;
    readonly HeatCell[][] _offsets;
    readonly int[] _numbers;
    readonly int _left, _bottom, _width, _height;

    /// <param name="cells">The study area, each cell once; a compact place, as their box is held in memory.</param>
    public LatticeNeighbours(HeatGrid lattice, HeatCell[] cells, NeighbourRule rule)
    {
        _cells = cells;
        _offsets = [.. new[] { 0, 1 }.Select(row => Offsets(lattice, row, rule))];
        if (cells.Length > 0)
        {
            (_left, _bottom) = (cells.Min(cell => cell.Column), cells.Min(cell => cell.Row));
            (_width, _height) = (cells.Max(cell => cell.Column) - _left + 1, cells.Max(cell => cell.Row) - _bottom + 1);
        }
        _numbers = new int[checked(_width * _height)];
        _numbers.AsSpan().Fill(-1);
        for (var number = 0; number < cells.Length; number++)
            _numbers[(cells[number].Row - _bottom) * _width + cells[number].Column - _left] = number;
    }

    public int Cells => _cells.Length;
    public int Most => _offsets.Max(some => some.Length);
    public bool IsSymmetric => true;

    public int Of(int cell, Span<int> into)
    {
        var (column, row) = (_cells[cell].Column - _left, _cells[cell].Row - _bottom);
        var found = 0;
        foreach (var offset in _offsets[_cells[cell].Row & 1])
            if ((uint)(column + offset.Column) < _width && (uint)(row + offset.Row) < _height
                && _numbers[(row + offset.Row) * _width + column + offset.Column] is >= 0 and var number)
                into[found++] = number;
        return found;
    }

    /// <summary>Cells within the rule's reach of a cell in an even (0) or odd (1) row, relative to it.</summary>
    public static HeatCell[] Offsets(HeatGrid lattice, int row, NeighbourRule rule)
    {
        // Hexagons that touch have their centres a size apart, squares at most a diagonal.
        var reach = rule.Meters > 0 ? rule.Meters : lattice.Size * (lattice.IsHexagonal ? 1 : Math.Sqrt(2));
        var (own, rows) = (lattice.Plane(new(0, row)), (int)(reach / lattice.Size * 1.2) + 2);
        return [.. from down in Enumerable.Range(-rows, 2 * rows + 1)
            from right in Enumerable.Range(-rows, 2 * rows + 1)
            where (down, right) != (0, 0)
            let place = lattice.Plane(new(right, row + down))
            where Math.Sqrt(Square(place.East - own.East) + Square(place.North - own.North)) <= reach * (1 + 1e-9)
            select new HeatCell(right, down)];
    }

    static double Square(double value) => value * value;
}
