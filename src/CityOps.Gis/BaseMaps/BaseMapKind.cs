namespace CityOps.Gis.BaseMaps;

/// <summary>Where the tiles of a base map come from.</summary>
public enum BaseMapKind
{
    /// <summary>A server with one address for each tile.</summary>
    Xyz,

    /// <summary>A server of the OGC Web Map Tile Service (OGC 07-057r7), such as Tianditu.</summary>
    Wmts,

    /// <summary>A file (MBTiles 1.3) with pictures.</summary>
    MbTiles,
}
