using CityOps.Gis.Grids;
using CityOps.Gis.Heat;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>Neighbours among areas: those that touch, or by the distance of their centroids in metres on the parallel of their middle.</summary>
static class AreaNeighbours
{
    public static INeighbours Of(Geometry[] shapes, NeighbourRule rule, CancellationToken cancel)
        => new ListedNeighbours(rule == NeighbourRule.Queen ? Touching(shapes, cancel) : ByDistance(shapes, rule, cancel));

    static HashSet<int>[] Touching(Geometry[] shapes, CancellationToken cancel)
    {
        var tree = new STRtree<int>();
        for (var number = 0; number < shapes.Length; number++)
            tree.Insert(shapes[number].EnvelopeInternal, number);
        tree.Build();
        var neighbours = Array.ConvertAll(shapes, _ => new HashSet<int>());
        for (var number = 0; number < shapes.Length; number++)
        {
            cancel.ThrowIfCancellationRequested();
            var prepared = PreparedGeometryFactory.Prepare(shapes[number]);
            foreach (var other in tree.Query(shapes[number].EnvelopeInternal))
                if (other > number && prepared.Intersects(shapes[other]))
                {
                    neighbours[number].Add(other);
                    neighbours[other].Add(number);
                }
        }
        return neighbours;
    }

    // Sorted by easting, so that the search on either side ends where the easting alone is too far.
    static List<int>[] ByDistance(Geometry[] shapes, NeighbourRule rule, CancellationToken cancel)
    {
        var places = Places(shapes);
        var order = Enumerable.Range(0, places.Length).OrderBy(number => places[number].X).ToArray();
        var neighbours = new List<int>[places.Length];
        for (var at = 0; at < order.Length; at++)
        {
            cancel.ThrowIfCancellationRequested();
            var near = new PriorityQueue<int, double>();
            foreach (var side in new[] { -1, 1 })
                for (var to = at + side; to >= 0 && to < order.Length; to += side)
                {
                    var (east, distance) = (Math.Abs(places[order[to]].X - places[order[at]].X), places[order[to]].Distance(places[order[at]]));
                    var reach = rule.Meters > 0 ? rule.Meters : near.Count < rule.Nearest ? double.MaxValue : near.TryPeek(out _, out var farthest) ? -farthest : 0;
                    if (east > reach)
                        break;
                    if (distance <= reach)
                        near.Enqueue(order[to], -distance);
                    if (rule.Nearest > 0 && near.Count > rule.Nearest)
                        near.Dequeue();
                }
            neighbours[order[at]] = [.. near.UnorderedItems.Select(one => one.Element)];
        }
        return neighbours;
    }

    static Coordinate[] Places(Geometry[] shapes)
    {
        var extent = new Envelope();
        foreach (var shape in shapes)
            extent.ExpandToInclude(shape.EnvelopeInternal);
        var (perLon, perLat) = EllipsoidArea.MetersPerDegree(extent.IsNull ? 0 : extent.Centre.Y);
        return Array.ConvertAll(shapes, shape => shape.Centroid.Coordinate is var middle ? new Coordinate(middle.X * perLon, middle.Y * perLat) : new());
    }
}
