namespace CityOps.Gis.Crs;

/// <summary>
/// Declared = the file says it and the numbers agree; Detected = the numbers decide, against or without the file;
/// Unsure = a person must choose; Refused = cannot be brought to CGCS2000 as it is.
/// </summary>
public enum CrsCertainty { Declared, Detected, Unsure, Refused }
