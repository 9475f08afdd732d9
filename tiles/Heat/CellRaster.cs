using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Snapshots;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>The cells of a lattice whose centres lie in a polygon: row by row, between the crossings of the row's middle with the polygon's edges (even–odd).</summary>
static class CellRaster
{
    public static void AddTo(HashSet<HeatCell> cells, HeatGrid lattice, Geometry polygons)
    {
        foreach (var polygon in Polygons(polygons))
        {
            var box = polygon.EnvelopeInternal;
            var (south, north) = (CellAt(lattice, box.MinX, box.MinY).Row - 1, CellAt(lattice, box.MinX, box.MaxY).Row + 1);
            var crossings = new List<double>[north - south + 1];
            for (var row = 0; row < crossings.Length; row++)
                crossings[row] = [];
            foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
                Cross(ring.CoordinateSequence, lattice, south, crossings);
            for (var row = 0; row < crossings.Length; row++)
                AddRow(cells, lattice, south + row, crossings[row]);
        }
    }

    static IEnumerable<Polygon> Polygons(Geometry geometry) => Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>().Where(one => !one.IsEmpty);

    static void Cross(CoordinateSequence ring, HeatGrid lattice, int south, List<double>[] crossings)
    {
        for (var at = 1; at < ring.Count; at++)
        {
            double x = ring.GetX(at - 1), y = ring.GetY(at - 1), toX = ring.GetX(at), toY = ring.GetY(at);
            var (low, high) = (Math.Min(y, toY), Math.Max(y, toY));
            var first = Math.Max(0, CellAt(lattice, x, low).Row - 1 - south);
            for (var row = first; row < crossings.Length && lattice.Centre(new(0, south + row)).Latitude is var middle && middle < high; row++)
                if (middle >= low)
                    crossings[row].Add(x + (middle - y) / (toY - y) * (toX - x));
        }
    }

    static void AddRow(HashSet<HeatCell> cells, HeatGrid lattice, int row, List<double> crossings)
    {
        crossings.Sort();
        var latitude = lattice.Centre(new(0, row)).Latitude;
        for (var at = 0; at + 1 < crossings.Count; at += 2)
            for (var column = CellAt(lattice, crossings[at], latitude).Column; lattice.Centre(new(column, row)).Longitude is var middle && middle <= crossings[at + 1]; column++)
                if (middle >= crossings[at])
                    cells.Add(new(column, row));
    }

    static HeatCell CellAt(HeatGrid lattice, double longitude, double latitude)
        => lattice.CellOf(WorldBox.XOf(longitude), WorldBox.YOf(latitude));
}
