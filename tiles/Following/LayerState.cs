namespace CityOps.Gis.Tiles.Following;

/// <summary>Where a layer stands between the database and memory. Only <see cref="Stale"/>, <see cref="CatchingUp"/> and <see cref="Live"/> have a view.</summary>
public enum LayerState
{
    /// <summary>Its turn to be copied has not come; PostGIS answers.</summary>
    Waiting,
    /// <summary>It is being copied; PostGIS answers, or the view that was there before.</summary>
    Copying,
    /// <summary>The view may be older than the database: it is of a file of an earlier run, or the connection is lost.</summary>
    Stale,
    /// <summary>Copied; changes that were committed during the copy are being applied.</summary>
    CatchingUp,
    /// <summary>The view follows the database.</summary>
    Live,
    /// <summary>It does not fit into the memory set aside; PostGIS answers.</summary>
    TooLarge,
    /// <summary>It cannot be followed here (no logical replication, a fault of its own); PostGIS answers.</summary>
    Unfollowed,
}
