namespace CityOps.Gis.Leaflet;

/// <summary>A box in degrees (EPSG:4490).</summary>
public sealed record MapBounds(double West, double South, double East, double North);
