namespace CityOps.Gis.Crs;

/// <summary>A position that somebody typed.</summary>
/// <param name="Longitude">Degrees of CGCS2000 (EPSG:4490), as is the latitude.</param>
/// <param name="Crs">The reference system in which it was typed.</param>
public readonly record struct TypedPlace(double Longitude, double Latitude, CrsDefinition Crs);
