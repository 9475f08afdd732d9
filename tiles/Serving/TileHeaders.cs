namespace CityOps.Gis.Tiles.Serving;

/// <summary>Headers of our own: what was done for a tile, and how old its data is.</summary>
public static class TileHeaders
{
    /// <summary><c>snapshot</c>, <c>sql</c>, or both where layers of one tile differ.</summary>
    public const string Executor = "X-CityOps-Executor";

    /// <summary><c>live</c> or <c>stale</c>, and as of when.</summary>
    public const string Data = "X-CityOps-Data";
    
    /// <summary>W3C Server Timing: milliseconds by step.</summary>
    public const string ServerTiming = "Server-Timing";
    
    public const string AllowedMethods = "GET, HEAD, OPTIONS";
}
