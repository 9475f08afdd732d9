namespace CityOps.Gis.Leaflet;

/// <summary>A feature at a place of the map.</summary>
/// <param name="Name">As the tile carries it; empty where it has none.</param>
public sealed record FoundFeature(string LayerId, long Fid, string Name);
