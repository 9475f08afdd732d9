using CityOps.Gis.Devices;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>A device as it stands now.</summary>
/// <param name="Since">When it came to its state; null for one that has never reported.</param>
/// <param name="Seen">When its last message came.</param>
/// <param name="Measured">Time of the last values, by the device's clock.</param>
/// <param name="IsOnline">It reports; an alarm does not change that.</param>
/// <param name="Readings">The last value of each quantity.</param>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
public sealed record DeviceNow(
    long Fid, string DeviceId, string? Name, string Kind, DeviceState? State, DateTimeOffset? Since, DateTimeOffset? Seen, DateTimeOffset? Measured, bool IsOnline, IReadOnlyDictionary<string, double> Readings,
    string? Grid, string? District, double Longitude, double Latitude);
