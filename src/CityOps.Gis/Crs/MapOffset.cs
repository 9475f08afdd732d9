namespace CityOps.Gis.Crs;

/// <summary>The shift of a web map found in delivered coordinates.</summary>
public enum MapOffset { None, Gcj02, Bd09 }
