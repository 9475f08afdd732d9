namespace CityOps.Gis.PostGis.Batches;

/// <summary>A box of the map, degrees (EPSG:4490).</summary>
public sealed record MapBox(double West, double South, double East, double North);
