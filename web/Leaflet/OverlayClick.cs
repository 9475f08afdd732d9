namespace CityOps.Gis.Leaflet;

/// <summary>A click on a feature of an overlay; position in degrees (EPSG:4490).</summary>
/// <param name="FeatureId">The feature's <c>id</c> in the overlay's GeoJSON.</param>
public sealed record OverlayClick(string OverlayId, string FeatureId, double Longitude, double Latitude);
