using CityOps.Gis.Devices;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>A message with the device that sent it.</summary>
/// <param name="Fid">Of the device's feature.</param>
public readonly record struct SentMessage(long Fid, DeviceMessage Message);
