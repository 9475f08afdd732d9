namespace CityOps.Gis.PostGis.Devices;

/// <summary>A device that a sender may send for.</summary>
public readonly record struct KnownDevice(long Fid, string Kind);
