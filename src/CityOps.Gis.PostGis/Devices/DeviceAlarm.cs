namespace CityOps.Gis.PostGis.Devices;

/// <summary>An alarm of a device.</summary>
/// <param name="Rule">Id of the kind's rule that raised it.</param>
/// <param name="Value">That raised it; <paramref name="Worst"/> came since.</param>
/// <param name="Cleared">Null while it is open.</param>
/// <param name="Who">Who acknowledged it.</param>
/// <param name="CaseFid">The case that it filed, if the caller sees it or not.</param>
public sealed record DeviceAlarm(
    long Id, long Fid, string DeviceId, string? DeviceName, string Kind, string Rule, string Quantity, DateTimeOffset Raised, double Value, double Threshold, double Worst, DateTimeOffset? Cleared,
    DateTimeOffset? Acknowledged, string? Who, string? Note, long? CaseFid);
