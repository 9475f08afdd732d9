using CityOps.Gis.Features;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Exports.Shapefiles;

/// <summary>What a shapefile holds; the numbers are those of the format.</summary>
enum ShapeType
{
    Point = 1,
    PolyLine = 3,
    Polygon = 5,
    MultiPoint = 8,
}

/// <summary>What a geometry becomes in a shapefile, and what that file is called beside its brothers.</summary>
static class ShapeTypes
{
    public static ShapeType Of(FlatShape shape) => shape.Kind switch
    {
        GeometryKind.Line => ShapeType.PolyLine,
        GeometryKind.Polygon => ShapeType.Polygon,
        _ => shape.IsMulti ? ShapeType.MultiPoint : ShapeType.Point,
    };

    public static string Suffix(ShapeType type) => type switch
    {
        ShapeType.Point => "_point",
        ShapeType.PolyLine => "_line",
        ShapeType.Polygon => "_polygon",
        _ => "_multipoint",
    };
}
