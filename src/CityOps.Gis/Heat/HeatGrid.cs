using CityOps.Gis.Grids;
using CityOps.Gis.Tiling;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Heat;

/// <summary>
/// A lattice of squares or pointy-topped hexagons over the whole world, in metres on the ellipsoid. Its plane: northwards the metres of the meridian from the
/// equator, eastwards longitude times the length of a degree on one reference parallel φ₀. Heights are true everywhere; widths are true on φ₀ and off by
/// cos φ / cos φ₀ elsewhere, which is tan φ₀ · Δφ: below 0.8 % for half a degree at 40°.
/// </summary>
/// <remarks>
/// Cells are decided in world units (2³² columns and rows of the Web Mercator square) by integers alone, so that every executor decides alike.
/// A step is a column of squares or half a column of hexagons: <c>step = (x · Scale) >> 40</c>. A band is a row of squares; of hexagons the even band 2k is where
/// row k has upright sides, the odd band 2k + 1 the zigzag between rows k and k + 1. Band b holds the rows of units from <c>EdgeOf(b + 1)</c> to below
/// <c>EdgeOf(b)</c>. A slanting side is the straight line, in world units, between the corners of its step and band; what lies on it is the southern cell's.
/// </remarks>
public sealed class HeatGrid
{
    /// <summary>Bits behind the point of <see cref="Scale"/>.</summary>
    public const int Fraction = 40;
    const double World = 4294967296.0, MostLatitude = 89.5;

    readonly double _pitch;

    /// <param name="sizeMeters">Side of a square, or the distance between opposite sides of a hexagon.</param>
    /// <param name="parallel">Reference parallel in degrees.</param>
    public HeatGrid(HeatCellKind kind, double sizeMeters, double parallel)
    {
        (IsHexagonal, Size, Parallel) = (kind == HeatCellKind.Hexagon, sizeMeters, parallel);
        _pitch = IsHexagonal ? sizeMeters * Math.Sqrt(3) / 2 : sizeMeters;
        var width = sizeMeters / EllipsoidArea.MetersPerDegree(parallel).PerLon / 360 * World;
        Scale = (long)Math.Round((1L << Fraction) / (IsHexagonal ? width / 2 : width));
    }

    public bool IsHexagonal { get; }
    public double Size { get; }
    public double Parallel { get; }

    /// <summary>Steps per world unit, in 2⁻⁴⁰; below 2³², so that the product with a world unit fits 64 bits.</summary>
    public long Scale { get; }

    public int StepOf(uint x) => (int)((ulong)x * (ulong)Scale >> Fraction);

    /// <summary>First world unit of a step.</summary>
    public long StartOf(long step) => ((step << Fraction) + Scale - 1) / Scale;

    /// <summary>First row of world units that lies south of a band, which is its southern edge.</summary>
    public long EdgeOf(int band) => (long)Math.Floor(WebMercator.V(Math.Clamp(MeridianArc.Latitude(EdgeMeters(band)), -MostLatitude, MostLatitude)) * World);

    public int BandOf(uint y)
    {
        var meters = MeridianArc.Meters(WebMercator.Latitude((y + 0.5) / World));
        var row = (int)Math.Floor((IsHexagonal ? meters + _pitch / 3 : meters) / _pitch);
        var band = IsHexagonal ? 2 * row : row;
        while (y >= EdgeOf(band))
            band--;
        while (y < EdgeOf(band + 1))
            band++;
        return band;
    }

    public HeatCell CellOf(uint x, uint y)
    {
        var (step, band) = (StepOf(x), BandOf(y));
        return IsHexagonal ? Hexagon(step, band, x, y, EdgeOf(band + 1), EdgeOf(band)) : new(step, band);
    }

    /// <summary>The hexagon of a place whose step and band are known.</summary>
    /// <param name="north">Edge of the band above.</param>
    /// <param name="south">Edge of the band.</param>
    public HeatCell Hexagon(int step, int band, uint x, uint y, long north, long south)
    {
        var row = band >> 1;
        if ((band & 1) != 0 && !IsBelow(step, row, x, y, north, south))
            row++;
        return new(step - (row & 1) >> 1, row);
    }

    // The side rises where the step is the western half of a cell of the lower row.
    bool IsBelow(int step, int lowerRow, uint x, uint y, long north, long south)
    {
        var (west, east) = (StartOf(step), StartOf(step + 1L));
        return (y - north) * (east - west) >= (south - north) * ((step - lowerRow & 1) == 0 ? east - x : x - west);
    }

    /// <summary>Corners in world units, clockwise on the map from the northernmost or north-western one.</summary>
    public (long X, long Y)[] Corners(HeatCell cell)
    {
        if (!IsHexagonal)
        {
            var (west, east, north, south) = (StartOf(cell.Column), StartOf(cell.Column + 1L), EdgeOf(cell.Row + 1), EdgeOf(cell.Row));
            return [(west, north), (east, north), (east, south), (west, south)];
        }
        var (first, band) = (2 * cell.Column + (cell.Row & 1), 2 * cell.Row);
        var (left, middle, right) = (StartOf(first), StartOf(first + 1L), StartOf(first + 2L));
        var (top, shoulder, hip, bottom) = (EdgeOf(band + 2), EdgeOf(band + 1), EdgeOf(band), EdgeOf(band - 1));
        return [(middle, top), (right, shoulder), (right, hip), (middle, bottom), (left, hip), (left, shoulder)];
    }

    /// <summary>Middle of a cell in degrees.</summary>
    public (double Longitude, double Latitude) Centre(HeatCell cell)
    {
        var middle = IsHexagonal ? StartOf(2L * cell.Column + (cell.Row & 1) + 1) : (StartOf(cell.Column) + StartOf(cell.Column + 1L)) / 2.0;
        return (WebMercator.Longitude(middle / World), MeridianArc.Latitude((IsHexagonal ? cell.Row : cell.Row + 0.5) * _pitch));
    }

    /// <summary>Middle of a cell on the lattice's plane, in metres.</summary>
    public (double East, double North) Plane(HeatCell cell) => IsHexagonal
        ? ((cell.Column + (cell.Row & 1) * 0.5 + 0.5) * Size, cell.Row * _pitch)
        : ((cell.Column + 0.5) * Size, (cell.Row + 0.5) * _pitch);

    /// <summary>Area on the ellipsoid; the same for all cells of a row.</summary>
    public double SquareMeters(int row)
    {
        var corners = Corners(new(0, row)).Select(one => new Coordinate(WebMercator.Longitude(one.X / World), WebMercator.Latitude(one.Y / World))).ToList();
        corners.Add(corners[0].Copy());
        return EllipsoidArea.SquareMeters(new Polygon(new LinearRing([.. corners])));
    }

    double EdgeMeters(int band) => IsHexagonal ? (band >> 1) * _pitch + ((band & 1) == 0 ? -_pitch : _pitch) / 3 : band * _pitch;
}
