namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Lays the ground: coast, density, subdistricts, built-up area, streets, communities, unit grids, and the bent vertices, in this order.</summary>
sealed class LatticeMaker(Dice dice)
{
    const int BuiltCells = 16_900;
    const int Sea = -1;

    static readonly (int I, int J)[] Sides = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    readonly CityLattice _lattice = new();

    /// <summary>Cells of each community's seat, in the order of community indexes; the subdistrict is that of the cell.</summary>
    public List<int> CommunitySeats { get; } = [];

    public int Grids { get; private set; }

    public CityLattice Make()
    {
        var isLand = Land();
        MakeDensity(isLand);
        GrowSubdistricts(isLand);
        ChooseBuiltArea();
        new StreetMaker(_lattice, dice).Make();
        GrowCommunities();
        Grids = new GridMaker(_lattice).Make();
        new LatticeBender(_lattice, dice).Bend();
        return _lattice;
    }

    bool[] Land()
    {
        var isLand = new bool[CityLattice.Columns * CityLattice.Rows];
        for (var cell = 0; cell < isLand.Length; cell++)
        {
            var (x, y) = Kilometres(cell);
            var (dx, dy) = (0.8 * dice.Noise(x / 2.6, y / 2.6, 1) + 0.5 * dice.Noise(x / 0.8, y / 0.8, 2),
                0.8 * dice.Noise(x / 2.6, y / 2.6, 3) + 0.5 * dice.Noise(x / 0.8, y / 0.8, 4));
            // The narrow waters keep their width, the open coast gets its capes.
            var calm = x is > 15 and < 25 && y is > 5 and < 24 ? 0.5 : 1;
            isLand[cell] = Outlines.IsLand(x + calm * dx, y + calm * dy) && CityLattice.CellAt(cell).I is > 1 and < CityLattice.Columns - 2;
        }
        return isLand;
    }

    void MakeDensity(bool[] isLand)
    {
        for (var cell = 0; cell < isLand.Length; cell++)
        {
            if (!isLand[cell])
                continue;
            var (x, y) = Kilometres(cell);
            var most = 0.0;
            foreach (var seat in Divisions.Subdistricts)
            {
                var squared = ((x - seat.X) * (x - seat.X) + (y - seat.Y) * (y - seat.Y)) / (seat.Radius * seat.Radius);
                most = Math.Max(most, seat.Density * Math.Exp(-0.5 * squared));
            }
            var villages = 0.4 * Math.Max(0, dice.Noise(x / 1.3, y / 1.3, 5) - 0.35) * Math.Min(1, 20 * most);
            var hill = Math.Max(0, Outlines.Hilliness(x, y) + 0.15 * dice.Noise(x, y, 6));
            _lattice.Density[cell] = (float)Math.Clamp((most * (0.85 + 0.3 * dice.Noise(x / 0.8, y / 0.8, 7)) + villages) * (1 - 1.9 * hill), 0.001, 1);
        }
    }

    void GrowSubdistricts(bool[] isLand)
    {
        var seeds = Divisions.Subdistricts.Select((seat, index) => (Cell: NearestLand(isLand, seat.X, seat.Y), index, seat.Delay * 10)).ToList();
        Grow(_lattice.Subdistrict, seeds, cell => isLand[cell], (_, to) => 0.5 + dice.Unit(to, 11) + 0.7 * (1 + Wave(to, 12)));
    }

    /// <summary>The densest cells are built up; on a tie the lower cell is.</summary>
    void ChooseBuiltArea()
    {
        var dense = Enumerable.Range(0, _lattice.Density.Length).Where(cell => _lattice.Subdistrict[cell] != Sea)
            .OrderByDescending(cell => _lattice.Density[cell]).ThenBy(cell => cell).Take(BuiltCells);
        foreach (var cell in dense)
            _lattice.IsBuilt[cell] = true;
    }

    void GrowCommunities()
    {
        var cells = new List<int>[Divisions.Subdistricts.Length];
        for (var s = 0; s < cells.Length; s++)
            cells[s] = [];
        for (var cell = 0; cell < _lattice.Subdistrict.Length; cell++)
            if (_lattice.Subdistrict[cell] is >= 0 and var subdistrict)
                cells[subdistrict].Add(cell);
        var seeds = new List<(int Cell, int Label, double Start)>();
        foreach (var own in cells)
            foreach (var seat in ChooseSeats(own))
            {
                seeds.Add((seat, CommunitySeats.Count, 0));
                CommunitySeats.Add(seat);
            }
        Grow(_lattice.Community, seeds, _ => true, StepCost);
    }

    double StepCost(int from, int to)
        => _lattice.Subdistrict[from] != _lattice.Subdistrict[to] ? double.NaN
            : (_lattice.IsBuilt[to] ? 1 : 0.45) + 0.4 * dice.Unit(to, 13) + (RoadBetween(from, to) <= RoadClass.Secondary ? 2.5 : 0);

    RoadClass RoadBetween(int from, int to)
    {
        var (i, j) = CityLattice.CellAt(Math.Max(from, to));
        return Math.Abs(from - to) == 1 ? _lattice.RoadNorth[CityLattice.Vertex(i, j)] : _lattice.RoadEast[CityLattice.Vertex(i, j)];
    }

    /// <summary>One seat for about 70 built-up or 800 rural cells, each the candidate that lies farthest from those before it.</summary>
    List<int> ChooseSeats(List<int> cells)
    {
        var built = cells.Where(cell => _lattice.IsBuilt[cell]).ToList();
        var count = Math.Max(1, (int)Math.Round(built.Count / 72.0 + (cells.Count - built.Count) / 800.0));
        var seats = new List<int>();
        for (var n = 0; n < count && seats.Count < cells.Count; n++)
        {
            var pool = built.Count > 0 && dice.Unit(n, cells[0], 14) < 0.9 * built.Count / (built.Count + 0.09 * (cells.Count - built.Count)) ? built : cells;
            var candidates = Enumerable.Range(0, 14).Select(k => pool[dice.Below(pool.Count, n, cells[0], 100 + k)]).Where(cell => !seats.Contains(cell)).ToList();
            if (candidates.Count > 0)
                seats.Add(candidates.MaxBy(cell => seats.Count == 0 ? 0 : seats.Min(seat => Distance(cell, seat))));
        }
        return seats;
    }

    /// <summary>Regions grow from their seeds over the sides of cells, so each is one piece.</summary>
    static void Grow(int[] labels, List<(int Cell, int Label, double Start)> seeds, Func<int, bool> isAllowed, Func<int, int, double> cost)
    {
        var queue = new PriorityQueue<(int Cell, int Label), double>();
        foreach (var seed in seeds)
            queue.Enqueue((seed.Cell, seed.Label), seed.Start);
        while (queue.TryDequeue(out var next, out var far))
        {
            if (labels[next.Cell] >= 0)
                continue;
            labels[next.Cell] = next.Label;
            var (i, j) = CityLattice.CellAt(next.Cell);
            foreach (var (di, dj) in Sides)
                if (i + di is >= 0 and < CityLattice.Columns && j + dj is >= 0 and < CityLattice.Rows
                    && CityLattice.Cell(i + di, j + dj) is var to && labels[to] < 0 && isAllowed(to) && cost(next.Cell, to) is var step && !double.IsNaN(step))
                    queue.Enqueue((to, next.Label), far + step);
        }
    }

    static int NearestLand(bool[] isLand, double x, double y)
        => Enumerable.Range(0, isLand.Length).Where(cell => isLand[cell])
            .MinBy(cell => Kilometres(cell) is var at ? (at.X - x) * (at.X - x) + (at.Y - y) * (at.Y - y) : 0);

    double Wave(int cell, int layer) => Kilometres(cell) is var at ? dice.Noise(at.X / 1.7, at.Y / 1.7, layer) : 0;

    static double Distance(int a, int b)
    {
        var ((i, j), (k, l)) = (CityLattice.CellAt(a), CityLattice.CellAt(b));
        return (i - k) * (i - k) + (j - l) * (j - l);
    }

    static (double X, double Y) Kilometres(int cell) => CityLattice.CellAt(cell) is var at ? ((at.I + 0.5) / 10, (at.J + 0.5) / 10) : default;
}
