namespace CityOps.Gis.Leaflet;

/// <summary>A feature at a place of the map.</summary>
/// <param name="Name">As the tile carries it; empty where it has none.</param>
/// <param name="ClassCode">Class and <paramref name="Status"/> give colour and sign; null where the tile has none.</param>
public sealed record FoundFeature(string LayerId, long Fid, string Name, string? ClassCode = null, string? Status = null);
