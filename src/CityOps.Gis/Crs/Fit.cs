namespace CityOps.Gis.Crs;

/// <summary>How well a sample agrees with a reference system.</summary>
enum Fit { No, Elsewhere, Inside }
