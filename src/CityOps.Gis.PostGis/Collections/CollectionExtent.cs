namespace CityOps.Gis.PostGis.Collections;

/// <summary>Where and when a layer's features lie.</summary>
/// <param name="Box">West, south, east, north in degrees (EPSG:4490); never too small; null where nothing has a place.</param>
/// <param name="First">Earliest time of an event; null where none has a time.</param>
public sealed record CollectionExtent((double West, double South, double East, double North)? Box, DateTimeOffset? First, DateTimeOffset? Last);
