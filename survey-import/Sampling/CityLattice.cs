namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// The ground of the sample city: a lattice of about 100 m × 100 m cells, bent a little so that no street runs dead straight. Everything is made
/// of its cells and edges (a unit grid is one or more cells, a boundary a run of edges, a street a run of edges), so every shared
/// edge has the same vertices on both sides. Vertices in EPSG:4548, east and north, to the millimetre; cell (i, j) lies between vertices (i, j)
/// and (i + 1, j + 1), its index is j·Columns + i.
/// </summary>
sealed class CityLattice
{
    public const int Columns = 585;
    public const int Rows = 575;
    public const double Step = 100;
    public const double CornerEast = 588_500;
    public const double CornerNorth = 2_698_500;
    const int Stride = Columns + 1;

    public readonly double[] East = new double[Stride * (Rows + 1)];
    public readonly double[] North = new double[Stride * (Rows + 1)];
    public readonly float[] Density = new float[Columns * Rows];
    public readonly bool[] IsBuilt = new bool[Columns * Rows];

    /// <summary>Index of the subdistrict, community or unit grid that a cell is in; -1 = sea.</summary>
    public readonly int[] Subdistrict = Filled();
    public readonly int[] Community = Filled();
    public readonly int[] Grid = Filled();

    /// <summary>Class of the road on the edge from vertex (i, j) to (i + 1, j), and to (i, j + 1).</summary>
    public readonly RoadClass[] RoadEast = NoRoads();
    public readonly RoadClass[] RoadNorth = NoRoads();

    public static int Cell(int i, int j) => j * Columns + i;
    public static int Vertex(int i, int j) => j * Stride + i;
    public static (int I, int J) CellAt(int cell) => (cell % Columns, cell / Columns);
    public static (int I, int J) VertexAt(int vertex) => (vertex % Stride, vertex / Stride);

    public int SubdistrictAt(int i, int j) => i < 0 || j < 0 || i >= Columns || j >= Rows ? -1 : Subdistrict[j * Columns + i];
    public int LabelAt(int[] labels, int i, int j) => i < 0 || j < 0 || i >= Columns || j >= Rows ? -1 : labels[j * Columns + i];

    /// <summary>Class of the road that leaves a vertex east (0), north (1), west (2) or south (3).</summary>
    public RoadClass Arm(int i, int j, int direction) => direction switch
    {
        0 => i < Columns ? RoadEast[Vertex(i, j)] : RoadClass.None,
        1 => j < Rows ? RoadNorth[Vertex(i, j)] : RoadClass.None,
        2 => i > 0 ? RoadEast[Vertex(i - 1, j)] : RoadClass.None,
        _ => j > 0 ? RoadNorth[Vertex(i, j - 1)] : RoadClass.None,
    };

    /// <summary>Cell that holds a point, looked for in the nine cells around a guess; -1 when none does, or when the point is nearer to an edge than the margin (m).</summary>
    public int Locate(double x, double y, int i, int j, double margin)
    {
        if (Holds(i, j, x, y, margin))
            return Cell(i, j);
        for (var dj = -1; dj <= 1; dj++)
            for (var di = -1; di <= 1; di++)
                if ((di != 0 || dj != 0) && Holds(i + di, j + dj, x, y, margin))
                    return Cell(i + di, j + dj);
        return -1;
    }

    /// <summary>Corners of a cell, anticlockwise from the south-west.</summary>
    public static (int A, int B, int C, int D) Corners(int i, int j) => (Vertex(i, j), Vertex(i + 1, j), Vertex(i + 1, j + 1), Vertex(i, j + 1));

    /// <summary>True when a cell turns left at every corner.</summary>
    public bool IsConvex(int i, int j)
    {
        var (a, b, c, d) = Corners(i, j);
        return Turn(a, b, c) > 0 && Turn(b, c, d) > 0 && Turn(c, d, a) > 0 && Turn(d, a, b) > 0;
    }

    /// <summary>A place inside a cell by its two fractions.</summary>
    public (double X, double Y) Inside(int i, int j, double s, double t)
    {
        var (a, b, c, d) = Corners(i, j);
        return (Mix(East, a, b, c, d, s, t), Mix(North, a, b, c, d, s, t));
    }

    static double Mix(double[] v, int a, int b, int c, int d, double s, double t)
        => (1 - t) * ((1 - s) * v[a] + s * v[b]) + t * ((1 - s) * v[d] + s * v[c]);

    double Turn(int a, int b, int c) => (East[b] - East[a]) * (North[c] - North[b]) - (North[b] - North[a]) * (East[c] - East[b]);

    bool Holds(int i, int j, double x, double y, double margin)
    {
        if (i < 0 || j < 0 || i >= Columns || j >= Rows)
            return false;
        var (a, b, c, d) = Corners(i, j);
        return IsLeft(a, b, x, y, margin) && IsLeft(b, c, x, y, margin) && IsLeft(c, d, x, y, margin) && IsLeft(d, a, x, y, margin);
    }

    bool IsLeft(int a, int b, double x, double y, double margin)
    {
        var (dx, dy) = (East[b] - East[a], North[b] - North[a]);
        var cross = dx * (y - North[a]) - dy * (x - East[a]);
        return cross > 0 && cross * cross >= margin * margin * (dx * dx + dy * dy);
    }

    static int[] Filled()
    {
        var labels = new int[Columns * Rows];
        Array.Fill(labels, -1);
        return labels;
    }

    static RoadClass[] NoRoads()
    {
        var roads = new RoadClass[Stride * (Rows + 1)];
        Array.Fill(roads, RoadClass.None);
        return roads;
    }
}
