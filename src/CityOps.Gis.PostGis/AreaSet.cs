using CityOps.Gis.Grids;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis;

/// <summary>Areas of one kind as of a version of their layer, in ordinal order of their codes.</summary>
/// <param name="Shapes">In EPSG:4490; null where an area has none.</param>
public sealed record AreaSet(long Version, string[] Codes, string?[] Names, Geometry?[] Shapes)
{
    readonly Lazy<double[]> _squareMeters = new(() => Array.ConvertAll(Shapes, shape => shape is null ? 0 : EllipsoidArea.SquareMeters(shape)));

    /// <summary>Box of all shapes in degrees; null where there are none.</summary>
    public Envelope? Extent { get; } = BoxOf(Shapes);

    /// <summary>Number of an area among the others; negative where the spine does not know the code.</summary>
    public int Find(string code) => Array.BinarySearch(Codes, code, StringComparer.Ordinal);

    /// <summary>Area on the ellipsoid; 0 where there is no shape.</summary>
    public double SquareMeters(int number) => _squareMeters.Value[number];

    static Envelope? BoxOf(IEnumerable<Geometry?> shapes)
    {
        var box = new Envelope();
        foreach (var shape in shapes.OfType<Geometry>())
            box.ExpandToInclude(shape.EnvelopeInternal);
        return box.IsNull ? null : box;
    }
}
