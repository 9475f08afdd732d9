namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Outlines of sets of cells as rings for a shapefile (shells clockwise, holes anticlockwise), with every vertex of the lattice on the way, so that
/// neighbours have the same shared edges.
/// </summary>
sealed class RegionTracer(CityLattice lattice)
{
    static readonly (int I, int J)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    public double[][] Trace(IReadOnlyList<int> cells)
    {
        var rings = new List<double[]>();
        foreach (var piece in Pieces(cells))
            rings.AddRange(TracePiece(piece));
        return [.. rings];
    }

    /// <summary>Signed area of rings in m²: holes count against their shells.</summary>
    public static double Area(double[][] rings)
    {
        var twice = 0.0;
        foreach (var ring in rings)
            for (var i = 0; i + 3 < ring.Length; i += 2)
                twice -= (ring[i] - ring[0]) * (ring[i + 3] - ring[1]) - (ring[i + 2] - ring[0]) * (ring[i + 1] - ring[1]);
        return twice / 2;
    }

    static List<HashSet<int>> Pieces(IReadOnlyList<int> cells)
    {
        var left = new HashSet<int>(cells);
        var pieces = new List<HashSet<int>>();
        foreach (var start in cells)
        {
            if (!left.Remove(start))
                continue;
            var piece = new HashSet<int> { start };
            var open = new Stack<int>([start]);
            while (open.TryPop(out var cell))
                foreach (var side in GridMaker.SidesOf(cell))
                    if (left.Remove(side))
                    {
                        piece.Add(side);
                        open.Push(side);
                    }
            pieces.Add(piece);
        }
        return pieces;
    }

    /// <summary>Walks the borders with the inside on the left; where two corners meet in a vertex it turns right, so a hole touches its shell in a point and no ring touches itself.</summary>
    List<double[]> TracePiece(HashSet<int> piece)
    {
        var edges = new Dictionary<(int Vertex, int Direction), bool>();
        foreach (var cell in piece.Order())
            AddBorders(edges, piece, cell);
        var rings = new List<double[]>();
        foreach (var start in edges.Keys.ToList())
            if (!edges[start])
                rings.Add(Walk(edges, start));
        return rings;
    }

    static void AddBorders(Dictionary<(int, int), bool> edges, HashSet<int> piece, int cell)
    {
        var (i, j) = CityLattice.CellAt(cell);
        if (!piece.Contains(cell - CityLattice.Columns))
            edges[(CityLattice.Vertex(i, j), 0)] = false;
        if (!piece.Contains(cell + 1))
            edges[(CityLattice.Vertex(i + 1, j), 1)] = false;
        if (!piece.Contains(cell + CityLattice.Columns))
            edges[(CityLattice.Vertex(i + 1, j + 1), 2)] = false;
        if (!piece.Contains(cell - 1))
            edges[(CityLattice.Vertex(i, j + 1), 3)] = false;
    }

    double[] Walk(Dictionary<(int Vertex, int Direction), bool> edges, (int Vertex, int Direction) start)
    {
        var vertices = new List<int>();
        var at = start;
        do
        {
            edges[at] = true;
            vertices.Add(at.Vertex);
            var (i, j) = CityLattice.VertexAt(at.Vertex);
            var to = CityLattice.Vertex(i + Steps[at.Direction].I, j + Steps[at.Direction].J);
            at = (to, NextDirection(edges, to, at.Direction));
        }
        while (at != start);
        vertices.Add(start.Vertex);
        // Shapefiles want the inside on the right.
        vertices.Reverse();
        return [.. vertices.SelectMany(vertex => (double[])[lattice.East[vertex], lattice.North[vertex]])];
    }

    static int NextDirection(Dictionary<(int, int), bool> edges, int vertex, int direction)
        => edges.ContainsKey((vertex, (direction + 3) % 4)) ? (direction + 3) % 4
            : edges.ContainsKey((vertex, direction)) ? direction
            : (direction + 1) % 4;
}
