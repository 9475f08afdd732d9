namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>What of a feature must lie in a box for the feature to be found there.</summary>
public enum Reach
{
    /// <summary>Its spot: in exactly one of the tiles of a zoom, as counts and cells want it.</summary>
    Spot,
    /// <summary>Any part of its bounding box, as drawing wants it.</summary>
    Box,
}
