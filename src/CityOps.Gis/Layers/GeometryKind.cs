namespace CityOps.Gis.Layers;

/// <summary>What a layer's features are drawn as; multi-part geometries count as their single kind.</summary>
public enum GeometryKind
{
    /// <summary>Points, lines and polygons mixed, as component classes are (部件).</summary>
    Any,
    Point,
    Line,
    Polygon,
    /// <summary>Features without a place, such as departments.</summary>
    None,
}
