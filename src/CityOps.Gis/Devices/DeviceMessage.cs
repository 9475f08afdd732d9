namespace CityOps.Gis.Devices;

/// <summary>A message of a device, read by its kind's definition (<see cref="MessageReader"/>).</summary>
/// <param name="At">When it was measured, by the device's clock.</param>
/// <param name="Id">Together with device and time it is known again by it.</param>
/// <param name="Readings">JSON object: quantity to number; empty for a mere sign of life.</param>
/// <param name="Positions">JSON list of [longitude, latitude]; null where the kind has none.</param>
public sealed record DeviceMessage(DateTimeOffset At, string Id, string Readings, string? Positions);
