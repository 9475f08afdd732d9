using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;
using NetTopologySuite.Precision;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// The careful way for the few polygons <see cref="RingCheck"/> doubts: NetTopologySuite says whether they are valid, and if not mends them
/// and brings the outcome to the grid by snap rounding, which keeps it valid. Makes objects.
/// </summary>
static class PolygonRepair
{
    const int MostAttempts = 5;

    static readonly GeometryFactory Factory = new();
    static readonly PrecisionModel Grid = new(1);

    /// <summary>
    /// Adds the valid polygons to <paramref name="into"/> and for each ring to <paramref name="isExterior"/> whether it is an exterior.
    /// </summary>
    public static void Mend(PartRun rings, ReadOnlySpan<bool> wasExterior, PartRun into, List<bool> isExterior)
    {
        foreach (var polygon in PolygonsOf(Valid(Factory.CreateMultiPolygon(ToPolygons(rings, wasExterior)))))
        {
            Add(polygon.Shell, true, into, isExterior);
            foreach (var hole in polygon.Holes)
                Add(hole, false, into, isExterior);
        }
    }

    /// <summary>
    /// The geometry, on the grid and valid. Of tangles a few units wide the first mending may leave a fault, seen once in ten thousand.
    /// </summary>
    static Geometry Valid(Geometry geometry)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (new IsValidOp(geometry).IsValid)
                return geometry;
            geometry = OnGrid(Areas(GeometryFixer.Fix(geometry)));
        }
        return new IsValidOp(geometry).IsValid ? geometry : Areas(Factory.CreateMultiPolygon());
    }

    static Geometry OnGrid(Geometry geometry)
    {
        try
        {
            return PrecisionReducer.ReducePrecision(geometry, Grid);
        }
        catch (ArgumentException)
        {
            // The fixer's outcome has edges that cross by less than a double shows: round place by place, and mend that.
            return GeometryPrecisionReducer.ReducePointwise(geometry, Grid);
        }
    }

    static MultiPolygon Areas(Geometry geometry) => Factory.CreateMultiPolygon(PolygonsOf(geometry));

    static Polygon[] PolygonsOf(Geometry geometry)
        => [.. PolygonExtracter.GetPolygons(geometry).Cast<Polygon>().Where(polygon => !polygon.IsEmpty)];

    static Polygon[] ToPolygons(PartRun rings, ReadOnlySpan<bool> isExterior)
    {
        var polygons = new List<(LinearRing Shell, List<LinearRing> Holes)>();
        for (var i = 0; i < rings.Count; i++)
            if (isExterior[i])
                polygons.Add((ToRing(rings[i]), []));
            else
                polygons[^1].Holes.Add(ToRing(rings[i]));
        return [.. polygons.Select(polygon => Factory.CreatePolygon(polygon.Shell, [.. polygon.Holes]))];
    }

    static LinearRing ToRing(ReadOnlySpan<int> xy)
    {
        var places = new Coordinate[xy.Length / 2 + 1];
        for (var i = 0; i < places.Length - 1; i++)
            places[i] = new(xy[2 * i], xy[2 * i + 1]);
        places[^1] = places[0].Copy();
        return Factory.CreateLinearRing(places);
    }

    static void Add(LineString ring, bool isShell, PartRun into, List<bool> isExterior)
    {
        into.Begin();
        foreach (var place in ring.Coordinates[..^1])
            into.Add((int)place.X, (int)place.Y);
        isExterior.Add(isShell);
    }
}
