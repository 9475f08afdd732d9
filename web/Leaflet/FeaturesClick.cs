namespace CityOps.Gis.Leaflet;

/// <summary>A click where several features lie, the most likely first; position in degrees, and in pixels from the map's upper left corner.</summary>
public sealed record FeaturesClick(IReadOnlyList<FoundFeature> Features, double Longitude, double Latitude, int X, int Y);
