namespace CityOps.Gis.Tiles.Encoding;

/// <summary>What a tile's feature is made of (MVT 2.1, 4.3.4); the numbers are those on the wire.</summary>
public enum MvtGeometryType
{
    Unknown = 0,
    Point = 1,
    Line = 2,
    Polygon = 3,
}
