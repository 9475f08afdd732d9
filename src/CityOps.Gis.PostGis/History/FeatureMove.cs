namespace CityOps.Gis.PostGis.History;

/// <summary>How far a feature went: from the middle of its box to the middle of the new one, degrees (EPSG:4490).</summary>
/// <param name="Meters">Along the ellipsoid of CGCS2000; 0 where only the shape changed.</param>
public sealed record FeatureMove(double FromLongitude, double FromLatitude, double Longitude, double Latitude, double Meters);
