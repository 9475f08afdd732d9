namespace CityOps.Gis.PostGis.Devices;

/// <summary>What a device measured at a time.</summary>
/// <param name="Message">The message's number within device and time.</param>
public sealed record DeviceReading(DateTimeOffset At, string Message, DateTimeOffset Received, IReadOnlyDictionary<string, double> Readings);
