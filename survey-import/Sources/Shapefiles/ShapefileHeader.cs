using System.Buffers.Binary;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>First 100 bytes of a .shp: what kind of shapes, and their box in source units.</summary>
readonly record struct ShapefileHeader(int ShapeType, double MinX, double MinY, double MaxX, double MaxY)
{
    public const int FileCode = 9994;

    /// <summary>Null when the bytes are no shapefile header.</summary>
    public static ShapefileHeader? Read(MappedFile shp)
    {
        if (shp.Length < 100 || BinaryPrimitives.ReadInt32BigEndian(shp.Span(0, 4)) != FileCode)
            return null;
        var head = shp.Span(0, 100);
        return new(BinaryPrimitives.ReadInt32LittleEndian(head[32..]),
            BinaryPrimitives.ReadDoubleLittleEndian(head[36..]), BinaryPrimitives.ReadDoubleLittleEndian(head[44..]),
            BinaryPrimitives.ReadDoubleLittleEndian(head[52..]), BinaryPrimitives.ReadDoubleLittleEndian(head[60..]));
    }

    public GeometryKind? Kind => ShapeType switch
    {
        0 => GeometryKind.Any,
        1 or 11 or 21 or 8 or 18 or 28 => GeometryKind.Point,
        3 or 13 or 23 => GeometryKind.Line,
        5 or 15 or 25 => GeometryKind.Polygon,
        _ => null,
    };

    public bool HasZ => ShapeType is >= 11 and <= 18;
    public bool HasM => ShapeType is >= 11 and <= 28;

    public (double, double, double, double)? Extent
        => MinX <= MaxX && MinY <= MaxY && (MinX, MinY, MaxX, MaxY) != (0, 0, 0, 0) ? (MinX, MinY, MaxX, MaxY) : null;
}
