namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Places the vertices: a gentle swirl (the curl of a potential, so areas stay within a few per cent), then the steps of the coast and of
/// rural boundaries are smoothed. Cells stay convex.
/// </summary>
sealed class LatticeBender(CityLattice lattice, Dice dice)
{
    const int Rounds = 3;
    const double Pull = 0.55;

    // Waves of the potential: length in km, direction in radians, displacement in m.
    static readonly (double Length, double Direction, double Metres)[] Waves =
        [(7.3, 0.4, 95), (9.1, 2.0, 120), (15.7, 1.2, 230), (12.4, 2.7, 150), (23, 0.1, 300)];

    public void Bend()
    {
        for (var vertex = 0; vertex < lattice.East.Length; vertex++)
            (lattice.East[vertex], lattice.North[vertex]) = Swirl(vertex);
        var (east, north) = ((double[])lattice.East.Clone(), (double[])lattice.North.Clone());
        Smooth();
        while (PutBackFolded(east, north))
        {
        }
    }

    (double East, double North) Swirl(int vertex)
    {
        var (i, j) = CityLattice.VertexAt(vertex);
        var (x, y) = (i / 10.0, j / 10.0);
        var (dx, dy) = (0.0, 0.0);
        for (var w = 0; w < Waves.Length; w++)
        {
            var (sin, cos) = Math.SinCos(Waves[w].Direction);
            var push = Waves[w].Metres * Math.Cos(2 * Math.PI * ((x * cos + y * sin) / Waves[w].Length + dice.Unit(w, 31)));
            (dx, dy) = (dx - push * sin, dy + push * cos);
        }
        return (Math.Round(CityLattice.CornerEast + i * CityLattice.Step + dx, 3), Math.Round(CityLattice.CornerNorth + j * CityLattice.Step + dy, 3));
    }

    void Smooth()
    {
        var borders = Enumerable.Range(0, lattice.East.Length).Select(vertex => (vertex, ends: SoftBorder(vertex))).Where(one => one.ends is not null).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var moved = borders.Select(one => (one.vertex, Toward(one.vertex, one.ends![0], one.ends[1], lattice.East), Toward(one.vertex, one.ends[0], one.ends[1], lattice.North))).ToList();
            foreach (var (vertex, east, north) in moved)
                (lattice.East[vertex], lattice.North[vertex]) = (Math.Round(east, 3), Math.Round(north, 3));
        }
    }

    static double Toward(int vertex, int a, int b, double[] v) => (1 - Pull) * v[vertex] + Pull * (v[a] + v[b]) / 2;

    /// <summary>The two neighbours along the border through a vertex; null unless exactly one border passes, on the coast or through open country, and no road lies on it.</summary>
    int[]? SoftBorder(int vertex)
    {
        var (i, j) = CityLattice.VertexAt(vertex);
        if (i is 0 or CityLattice.Columns || j is 0 or CityLattice.Rows)
            return null;
        int[] cells = [CityLattice.Cell(i, j), CityLattice.Cell(i - 1, j), CityLattice.Cell(i - 1, j - 1), CityLattice.Cell(i, j - 1)];
        var ends = new List<int>();
        for (var k = 0; k < 4; k++)
            // Arm k lies between cells k and k - 1 (anticlockwise from the east).
            if (lattice.Community[cells[k]] != lattice.Community[cells[(k + 3) % 4]])
            {
                if (lattice.Arm(i, j, k) != RoadClass.None)
                    return null;
                ends.Add(Neighbour(i, j, k));
            }
        var isCoast = cells.Any(cell => lattice.Community[cell] < 0);
        return ends.Count == 2 && (isCoast || cells.All(cell => !lattice.IsBuilt[cell])) ? [.. ends] : null;
    }

    static int Neighbour(int i, int j, int arm) => arm switch
    {
        0 => CityLattice.Vertex(i + 1, j),
        1 => CityLattice.Vertex(i, j + 1),
        2 => CityLattice.Vertex(i - 1, j),
        _ => CityLattice.Vertex(i, j - 1),
    };

    bool PutBackFolded(double[] east, double[] north)
    {
        var isChanged = false;
        for (var cell = 0; cell < lattice.Community.Length; cell++)
        {
            var (i, j) = CityLattice.CellAt(cell);
            if (lattice.IsConvex(i, j))
                continue;
            var (a, b, c, d) = CityLattice.Corners(i, j);
            foreach (var vertex in (int[])[a, b, c, d])
            {
                isChanged |= lattice.East[vertex] != east[vertex] || lattice.North[vertex] != north[vertex];
                (lattice.East[vertex], lattice.North[vertex]) = (east[vertex], north[vertex]);
            }
        }
        return isChanged;
    }
}
