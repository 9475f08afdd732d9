namespace CityOps.Gis.Exports;

/// <summary>How a table (CSV, Excel) holds geometries.</summary>
public enum TableGeometry
{
    /// <summary>Two coordinate columns for a layer of points, well-known text for any other.</summary>
    Usual,
    Coordinates,
    WellKnownText,
    None,
}
