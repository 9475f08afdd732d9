namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Divides communities into unit grids (单元网格): a built-up cell is a grid of about 10,000 m²; in the country a grid is what an
/// 800 m block has of the community, and small remains join their largest neighbour.
/// </summary>
sealed class GridMaker(CityLattice lattice)
{
    const int BlockCells = 8;
    const int SmallestRuralGrid = 14;

    readonly List<List<int>> _pieces = [];

    /// <summary>Fills <see cref="CityLattice.Grid"/> with indexes that follow communities, then north to south, west to east; gives their number.</summary>
    public int Make()
    {
        for (var cell = 0; cell < lattice.Grid.Length; cell++)
            if (lattice.Community[cell] >= 0 && lattice.Grid[cell] < 0)
                Flood(cell);
        JoinSmallPieces();
        var order = _pieces.Where(piece => piece.Count > 0).OrderBy(piece => lattice.Community[piece[0]])
            .ThenByDescending(piece => piece.Max() / CityLattice.Columns).ThenBy(piece => piece.Min(cell => cell % CityLattice.Columns)).ThenBy(piece => piece[0]).ToList();
        for (var grid = 0; grid < order.Count; grid++)
            foreach (var cell in order[grid])
                lattice.Grid[cell] = grid;
        return order.Count;
    }

    void Flood(int start)
    {
        var piece = new List<int> { start };
        lattice.Grid[start] = _pieces.Count;
        for (var next = 0; next < piece.Count && !lattice.IsBuilt[start]; next++)
            foreach (var side in SidesOf(piece[next]))
                if (lattice.Grid[side] < 0 && !lattice.IsBuilt[side] && lattice.Community[side] == lattice.Community[start] && Block(side) == Block(start))
                {
                    lattice.Grid[side] = _pieces.Count;
                    piece.Add(side);
                }
        _pieces.Add(piece);
    }

    void JoinSmallPieces()
    {
        foreach (var small in Enumerable.Range(0, _pieces.Count).OrderBy(index => _pieces[index].Count).ThenBy(index => index).ToList())
        {
            var piece = _pieces[small];
            if (piece.Count is 0 or >= SmallestRuralGrid || lattice.IsBuilt[piece[0]])
                continue;
            var borders = piece.SelectMany(SidesOf).Where(side => lattice.Grid[side] != small && lattice.Community[side] == lattice.Community[piece[0]] && !lattice.IsBuilt[side])
                .GroupBy(side => lattice.Grid[side]).ToList();
            if (borders.Count == 0)
                continue;
            var into = borders.OrderByDescending(group => group.Count()).ThenBy(group => group.Key).First().Key;
            foreach (var cell in piece)
                lattice.Grid[cell] = into;
            _pieces[into].AddRange(piece);
            _pieces[small] = [];
        }
    }

    static (int, int) Block(int cell) => CityLattice.CellAt(cell) is var at ? (at.I / BlockCells, at.J / BlockCells) : default;

    /// <summary>The lattice's rim is sea, so a land cell has four sides.</summary>
    public static IEnumerable<int> SidesOf(int cell) => [cell + 1, cell + CityLattice.Columns, cell - 1, cell - CityLattice.Columns];
}
