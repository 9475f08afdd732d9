using CityOps.Gis.Crs;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Grids;

/// <summary>
/// A square mesh in a metric plane, and the one place that knows which degrees stand for a point of that plane. A boundary's crossing with
/// a mesh line is found
/// along the boundary's edge as it is in degrees, its ends in a fixed order: two communities that share the edge get the same point to the
/// last bit.
/// </summary>
sealed class GridMesh
{
    /// <summary>Points nearer than this to a mesh line are on it (metres).</summary>
    const double Snap = 1e-6;

    readonly Dictionary<Coordinate, Coordinate> _degrees = [];
    readonly CoordinateTransform _toPlane;
    readonly CoordinateTransform _toDegrees;

    public GridMesh(CrsDefinition plane, double size)
        => (Size, _toPlane, _toDegrees) = (size, CoordinateTransform.From4490(plane), CoordinateTransform.To4490(plane));

    public double Size { get; }

    public bool IsOnLine(Coordinate point) => IsOnLine(point.X) || IsOnLine(point.Y);

    bool IsOnLine(double value) => value == Line(value);

    double Line(double value) => Math.Round(value / Size) * Size;

    /// <summary>A boundary in the plane, with a vertex wherever it crosses a mesh line.</summary>
    public Geometry Trace(Geometry boundary)
    {
        var factory = boundary.Factory;
        var polygons = Enumerable.Range(0, boundary.NumGeometries).Select(i => (Polygon)boundary.GetGeometryN(i))
            .Select(one => factory.CreatePolygon(Trace(one.Shell, factory), [.. one.Holes.Select(hole => Trace(hole, factory))])).ToArray();
        return polygons.Length == 1 ? polygons[0] : factory.CreateMultiPolygon(polygons);
    }

    LinearRing Trace(LinearRing ring, GeometryFactory factory)
    {
        var points = new List<Coordinate>();
        for (var i = 1; i < ring.NumPoints; i++)
        {
            Add(points, Vertex(ring.GetCoordinateN(i - 1)));
            foreach (var crossing in Crossings(ring.GetCoordinateN(i - 1), ring.GetCoordinateN(i)))
                Add(points, crossing);
        }
        Add(points, points[0]);
        return factory.CreateLinearRing([.. points]);
    }

    static void Add(List<Coordinate> points, Coordinate point)
    {
        if (points.Count == 0 || !points[^1].Equals2D(point))
            points.Add(point);
    }

    Coordinate Vertex(Coordinate degrees)
    {
        var (x, y) = _toPlane.Apply(degrees.X, degrees.Y);
        return Remember(x, y, degrees);
    }

    Coordinate Remember(double x, double y, Coordinate degrees)
    {
        var point = new Coordinate(Math.Abs(x - Line(x)) < Snap ? Line(x) : x, Math.Abs(y - Line(y)) < Snap ? Line(y) : y);
        _degrees.TryAdd(point, new Coordinate(degrees.X, degrees.Y));
        return point;
    }

    List<Coordinate> Crossings(Coordinate from, Coordinate to)
    {
        var isReversed = from.CompareTo(to) > 0;
        var (first, last) = isReversed ? (to, from) : (from, to);
        var (a, b) = (Vertex(first), Vertex(last));
        var found = new SortedDictionary<double, Coordinate>();
        foreach (var line in LinesBetween(a.X, b.X))
            Cross(first, last, point => point.Lon - line, (a.X, b.X, line), found, (_, y) => (line, y));
        foreach (var line in LinesBetween(a.Y, b.Y))
            Cross(first, last, point => point.Lat - line, (a.Y, b.Y, line), found, (x, _) => (x, line));
        return isReversed ? [.. found.Values.Reverse()] : [.. found.Values];
    }

    IEnumerable<double> LinesBetween(double one, double other)
    {
        var (low, high) = one < other ? (one, other) : (other, one);
        for (var i = Math.Floor(low / Size) + 1; i * Size < high; i++)
            if (i * Size > low)
                yield return i * Size;
    }

    /// <summary>Where along the edge in degrees the plane coordinate reaches the line: secant steps from the straight guess.</summary>
    void Cross(
        Coordinate first, Coordinate last, Func<(double Lon, double Lat), double> distance, (double A, double B, double Line) ends,
        SortedDictionary<double, Coordinate> found, Func<double, double, (double X, double Y)> onLine)
    {
        var t = (ends.Line - ends.A) / (ends.B - ends.A);
        var slope = ends.B - ends.A;
        for (var round = 0; round < 8; round++)
        {
            var off = distance(_toPlane.Apply(first.X + t * (last.X - first.X), first.Y + t * (last.Y - first.Y)));
            t = Math.Clamp(t - off / slope, 0, 1);
            if (Math.Abs(off) < 1e-9)
                break;
        }
        var degrees = new Coordinate(first.X + t * (last.X - first.X), first.Y + t * (last.Y - first.Y));
        var (planeX, planeY) = _toPlane.Apply(degrees.X, degrees.Y);
        var (x, y) = onLine(planeX, planeY);
        found.TryAdd(t, Remember(x, y, degrees));
    }

    public Geometry ToDegrees(Geometry plane)
    {
        var copy = plane.Copy();
        copy.Apply(new ToDegreesFilter(this));
        copy.GeometryChanged();
        return copy;
    }

    Coordinate Degrees(double x, double y)
    {
        var key = new Coordinate(x, y);
        if (_degrees.TryGetValue(key, out var known))
            return known;
        var (lon, lat) = _toDegrees.Apply(x, y);
        return _degrees[key] = new(lon, lat);
    }

    sealed class ToDegreesFilter(GridMesh mesh) : IEntireCoordinateSequenceFilter
    {
        public bool Done => false;
        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence sequence)
        {
            for (var i = 0; i < sequence.Count; i++)
            {
                var degrees = mesh.Degrees(sequence.GetX(i), sequence.GetY(i));
                sequence.SetX(i, degrees.X);
                sequence.SetY(i, degrees.Y);
            }
        }
    }
}
