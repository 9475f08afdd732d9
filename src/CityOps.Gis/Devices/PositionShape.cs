namespace CityOps.Gis.Devices;

/// <summary>Where a message lists places.</summary>
/// <param name="At">The list.</param>
/// <param name="Longitude">Within an entry of it; degrees, CGCS2000 (EPSG:4490) or WGS 84.</param>
public sealed record PositionShape(JsonPointer At, JsonPointer Longitude, JsonPointer Latitude);
