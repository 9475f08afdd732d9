namespace CityOps.Gis.Tiles.Serving;

/// <summary>Who answers a question: memory or PostGIS. Both make the same tiles.</summary>
public enum TileExecutor
{
    Snapshot,
    Sql,
}
