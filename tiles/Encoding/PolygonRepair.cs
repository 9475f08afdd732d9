using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>
/// The careful way for the few polygons <see cref="RingCheck"/> doubts: NetTopologySuite says whether they are valid, and if not mends them
/// and brings the outcome to the grid by snap rounding, which keeps it valid. Makes objects.
/// </summary>
static class PolygonRepair
{
    static readonly GeometryFactory Factory = new();
    static readonly PrecisionModel Grid = new(1);

    /// <summary>Adds the valid polygons to <paramref name="into"/> and for each ring to <paramref name="isExterior"/> whether it is an exterior.</summary>
    public static void Mend(PartRun rings, ReadOnlySpan<bool> wasExterior, PartRun into, List<bool> isExterior)
    {
        Geometry geometry = Factory.CreateMultiPolygon(ToPolygons(rings, wasExterior));
        if (!new IsValidOp(geometry).IsValid)
            geometry = PrecisionReducer.ReducePrecision(Areas(GeometryFixer.Fix(geometry)), Grid);
        foreach (var polygon in PolygonsOf(geometry))
        {
            Add(polygon.Shell, true, into, isExterior);
            foreach (var hole in polygon.Holes)
                Add(hole, false, into, isExterior);
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
