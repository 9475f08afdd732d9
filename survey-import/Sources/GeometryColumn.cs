using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>
/// Geometries of a chunk: points as two arrays, anything else as ISO WKB beside them.
/// X is easting or longitude, Y is northing or latitude, once the reader (source axes) or the mapping (stored axes) has put them so.
/// </summary>
public sealed class GeometryColumn(int count)
{
    public GeometryKind[] Kinds { get; } = new GeometryKind[count];

    /// <summary>True where the row has no geometry or an empty one.</summary>
    public bool[] IsEmpty { get; } = new bool[count];

    /// <summary>Of points: the position. Of lines and polygons: a position on or in the geometry, for reports.</summary>
    public double[] X { get; } = new double[count];
    public double[] Y { get; } = new double[count];

    /// <summary>Two-dimensional ISO WKB without SRID of lines, polygons and multi-points; null for points.</summary>
    public byte[]?[] Wkb { get; } = new byte[]?[count];
}
