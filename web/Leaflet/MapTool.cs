namespace CityOps.Gis.Leaflet;

/// <summary>What pointer and keys do on the map.</summary>
public enum MapTool
{
    /// <summary>They choose features and move the map.</summary>
    None,

    /// <summary>They draw a box by two opposite corners.</summary>
    Box,

    /// <summary>They draw a polygon, corner by corner.</summary>
    Polygon,

    /// <summary>They draw a circle by its centre and a place of its edge.</summary>
    Circle,

    /// <summary>They measure along a path.</summary>
    Distance,

    /// <summary>They measure a polygon.</summary>
    Area,
}
