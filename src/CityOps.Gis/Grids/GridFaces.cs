using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Polygonize;

namespace CityOps.Gis.Grids;

/// <summary>
/// Cuts a community along the mesh. All vertices exist before the cut (no point is computed here), so neighbouring parts share theirs
/// exactly.
/// </summary>
static class GridFaces
{
    const double SliverShare = 0.2;

    /// <param name="traced">Boundary in the plane with a vertex at each crossing, from <see cref="GridMesh.Trace(Geometry)"/>.</param>
    public static IReadOnlyList<GridFace> Of(Geometry traced, GridMesh mesh)
    {
        var inside = new IndexedPointInAreaLocator(traced);
        var polygonizer = new Polygonizer();
        polygonizer.Add([.. BoundaryLines(traced, mesh), .. MeshLines(traced, mesh, inside)]);
        var parts = polygonizer.GetPolygons().Cast<Polygon>().Where(one => inside.Locate(one.InteriorPoint.Coordinate) == Location.Interior).ToArray();
        return MergeSlivers(parts, mesh);
    }

    /// <summary>Rings, cut at the mesh and wherever rings meet.</summary>
    static List<Geometry> BoundaryLines(Geometry traced, GridMesh mesh)
    {
        var rings = Enumerable.Range(0, traced.NumGeometries).Select(i => (Polygon)traced.GetGeometryN(i))
            .SelectMany(one => one.Holes.Prepend(one.Shell)).ToList();
        var seen = new Dictionary<Coordinate, int>();
        foreach (var point in rings.SelectMany(ring => ring.Coordinates.Skip(1)))
            seen[point] = seen.GetValueOrDefault(point) + 1;
        var lines = new List<Geometry>();
        foreach (var points in rings.Select(ring => ring.Coordinates))
            for (var (start, i) = (0, 1); i < points.Length; i++)
                if (i == points.Length - 1 || mesh.IsOnLine(points[i]) || seen[points[i]] > 1)
                {
                    lines.Add(traced.Factory.CreateLineString(points[start..(i + 1)]));
                    start = i;
                }
        return lines;
    }

    /// <summary>Pieces of mesh lines inside the community, between mesh nodes and crossings.</summary>
    static IEnumerable<Geometry> MeshLines(Geometry traced, GridMesh mesh, IndexedPointInAreaLocator inside)
    {
        var box = traced.EnvelopeInternal;
        var vertices = traced.Coordinates;
        var columns = Steps(box.MinX, box.MaxX, mesh.Size).ToDictionary(x => x, _ => new SortedSet<double>());
        var rows = Steps(box.MinY, box.MaxY, mesh.Size).ToDictionary(y => y, _ => new SortedSet<double>());
        foreach (var x in columns.Keys)
            columns[x].UnionWith(rows.Keys);
        foreach (var y in rows.Keys)
            rows[y].UnionWith(columns.Keys);
        foreach (var point in vertices)
        {
            if (columns.TryGetValue(point.X, out var column))
                column.Add(point.Y);
            if (rows.TryGetValue(point.Y, out var row))
                row.Add(point.X);
        }
        return [
            .. columns.SelectMany(one => Pieces(one.Value, y => new Coordinate(one.Key, y), inside, traced.Factory)),
            .. rows.SelectMany(one => Pieces(one.Value, x => new Coordinate(x, one.Key), inside, traced.Factory))];
    }

    static IEnumerable<double> Steps(double low, double high, double size)
    {
        for (var i = Math.Floor(low / size); i <= Math.Ceiling(high / size); i++)
            yield return i * size;
    }

    static IEnumerable<Geometry> Pieces(SortedSet<double> stops, Func<double, Coordinate> at, IndexedPointInAreaLocator inside, GeometryFactory factory)
    {
        double? last = null;
        foreach (var stop in stops)
        {
            if (last is { } from && inside.Locate(at((from + stop) / 2)) == Location.Interior)
                yield return factory.CreateLineString([at(from), at(stop)]);
            last = stop;
        }
    }

    /// <summary>
    /// Smallest first, each part under a fifth of a cell joins the neighbour with the longest common edge, or the nearest part where it
    /// touches none.
    /// </summary>
    static List<GridFace> MergeSlivers(Polygon[] parts, GridMesh mesh)
    {
        var limit = SliverShare * mesh.Size * mesh.Size;
        var members = parts.Select((_, i) => new List<int> { i }).ToArray();
        var areas = parts.Select(one => one.Area).ToArray();
        var edges = CommonEdges(parts);
        var alive = Enumerable.Range(0, parts.Length).ToHashSet();
        var queue = new PriorityQueue<int, double>();
        foreach (var i in alive)
            if (areas[i] < limit)
                queue.Enqueue(i, areas[i]);
        while (queue.TryDequeue(out var small, out var area))
        {
            if (alive.Count < 2 || !alive.Contains(small) || areas[small] != area)
                continue;
            var into = edges[small].Count > 0
                ? edges[small].MaxBy(one => (one.Value, -one.Key)).Key
                : alive.Where(i => i != small).MinBy(i => parts[members[i][0]].Distance(parts[small]));
            Join(small, into, members, areas, edges);
            alive.Remove(small);
            if (areas[into] < limit)
                queue.Enqueue(into, areas[into]);
        }
        return [.. alive.Order().Select(i => Face([.. members[i].Select(member => parts[member])], mesh))];
    }

    static void Join(int small, int into, List<int>[] members, double[] areas, Dictionary<int, double>[] edges)
    {
        members[into].AddRange(members[small]);
        areas[into] += areas[small];
        edges[into].Remove(small);
        foreach (var (other, length) in edges[small])
        {
            edges[other].Remove(small);
            if (other == into)
                continue;
            edges[into][other] = edges[into].GetValueOrDefault(other) + length;
            edges[other][into] = edges[into][other];
        }
    }

    static Dictionary<int, double>[] CommonEdges(Polygon[] parts)
    {
        var lengths = parts.Select(_ => new Dictionary<int, double>()).ToArray();
        var owners = new Dictionary<(Coordinate, Coordinate), int>();
        for (var i = 0; i < parts.Length; i++)
            foreach (var points in parts[i].Holes.Prepend(parts[i].Shell).Select(ring => ring.Coordinates))
                for (var k = 1; k < points.Length; k++)
                {
                    var edge = points[k - 1].CompareTo(points[k]) < 0 ? (points[k - 1], points[k]) : (points[k], points[k - 1]);
                    if (owners.TryAdd(edge, i) || owners[edge] == i)
                        continue;
                    var other = owners[edge];
                    lengths[i][other] = lengths[other][i] = lengths[i].GetValueOrDefault(other) + edge.Item1.Distance(edge.Item2);
                }
        return lengths;
    }

    static GridFace Face(Polygon[] parts, GridMesh mesh)
    {
        var main = parts.MaxBy(one => one.Area)!.InteriorPoint;
        var whole = parts.Length == 1 ? parts[0] : CoverageUnion.Union(parts);
        return new(whole, (int)Math.Floor(main.Y / mesh.Size), (int)Math.Floor(main.X / mesh.Size));
    }
}
