namespace CityOps.Gis.Leaflet;

/// <summary>What people do with a corner.</summary>
public enum CornerChangeKind
{
    Moved,

    /// <summary>It is new, and stands where it says from now on.</summary>
    Added,
    Removed,
}
