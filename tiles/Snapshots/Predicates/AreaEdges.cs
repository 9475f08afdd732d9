using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>
/// The edges of a polygon or multipolygon in degrees, straight as PostGIS takes them, in bands of latitude, so that a place or a segment meets only the edges of its own.
/// </summary>
/// <remarks>In memory: four numbers per edge; per band a run of edge numbers, an edge in each band it passes through (at most <see cref="MostPerEdge"/> of them on average).</remarks>
sealed class AreaEdges
{
    const int MostBands = 4096, MostPerEdge = 16;
    readonly double[] _x1, _y1, _x2, _y2;
    readonly double _south, _north, _bandsPerDegree;
    readonly int[] _starts, _edges;

    public AreaEdges(Geometry area)
    {
        var rings = Enumerable.Range(0, area.NumGeometries).Select(area.GetGeometryN).Cast<Polygon>().SelectMany(part => part.Holes.Prepend(part.Shell)).Select(ring => ring.Coordinates).ToList();
        var segments = rings.SelectMany(ring => Enumerable.Range(1, ring.Length - 1).Select(at => (From: ring[at - 1], To: ring[at]))).ToList();
        (_x1, _y1) = ([.. segments.Select(one => one.From.X)], [.. segments.Select(one => one.From.Y)]);
        (_x2, _y2) = ([.. segments.Select(one => one.To.X)], [.. segments.Select(one => one.To.Y)]);
        (_south, _north) = (area.EnvelopeInternal.MinY, area.EnvelopeInternal.MaxY);
        var bands = Math.Max(1, (int)Math.Min(Math.Min(MostBands, _x1.Length), MostPerEdge * _x1.Length * (_north - _south) / segments.Sum(one => Math.Abs(one.To.Y - one.From.Y))));
        _bandsPerDegree = bands / (_north - _south);
        (_starts, _edges) = Banded(bands);
    }

    (int[] Starts, int[] Edges) Banded(int bands)
    {
        var starts = new int[bands + 1];
        void Each(Action<int, int> take)
        {
            for (var edge = 0; edge < _x1.Length; edge++)
                for (var band = BandOf(Math.Min(_y1[edge], _y2[edge]), bands); band <= BandOf(Math.Max(_y1[edge], _y2[edge]), bands); band++)
                    take(band, edge);
        }
        Each((band, _) => starts[band + 1]++);
        for (var band = 0; band < bands; band++)
            starts[band + 1] += starts[band];
        var (edges, next) = (new int[starts[bands]], starts[..^1]);
        Each((band, edge) => edges[next[band]++] = edge);
        return (starts, edges);
    }

    int BandOf(double y, int bands) => Math.Clamp((int)((y - _south) * _bandsPerDegree), 0, bands - 1);

    /// <summary>Even–odd rule over all rings.</summary>
    public bool Holds(double x, double y)
    {
        if (y < _south || y > _north)
            return false;
        var (inside, band) = (false, BandOf(y, _starts.Length - 1));
        for (var at = _starts[band]; at < _starts[band + 1]; at++)
        {
            var edge = _edges[at];
            if (_y1[edge] > y != _y2[edge] > y && x < (_x2[edge] - _x1[edge]) * (y - _y1[edge]) / (_y2[edge] - _y1[edge]) + _x1[edge])
                inside = !inside;
        }
        return inside;
    }

    /// <summary>Does a segment meet an edge?</summary>
    public bool Crosses(double ax, double ay, double bx, double by)
    {
        var (low, high) = (Math.Min(ay, by), Math.Max(ay, by));
        if (high < _south || low > _north)
            return false;
        var last = BandOf(high, _starts.Length - 1);
        for (var at = _starts[BandOf(low, _starts.Length - 1)]; at < _starts[last + 1]; at++)
            if (_edges[at] is var edge && Meet(ax, ay, bx, by, _x1[edge], _y1[edge], _x2[edge], _y2[edge]))
                return true;
        return false;
    }

    static bool Meet(double ax, double ay, double bx, double by, double cx, double cy, double dx, double dy)
        => Math.Max(ax, bx) >= Math.Min(cx, dx) && Math.Min(ax, bx) <= Math.Max(cx, dx) && Math.Max(ay, by) >= Math.Min(cy, dy) && Math.Min(ay, by) <= Math.Max(cy, dy)
            && Side(ax, ay, bx, by, cx, cy) * Side(ax, ay, bx, by, dx, dy) <= 0 && Side(cx, cy, dx, dy, ax, ay) * Side(cx, cy, dx, dy, bx, by) <= 0;

    static int Side(double ax, double ay, double bx, double by, double x, double y) => Math.Sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
}
