namespace CityOps.Gis.Leaflet;

/// <summary>The corners of a line or a polygon that people drag, add and take away. Another object puts others on the map, also the same ones.</summary>
public sealed record MapCorners(IReadOnlyList<MapCornerRun> Runs);
