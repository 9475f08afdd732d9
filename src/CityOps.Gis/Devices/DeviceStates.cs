namespace CityOps.Gis.Devices;

/// <summary>States as they are stored and stand in addresses.</summary>
public static class DeviceStates
{
    public static string Code(DeviceState state) => state switch
    {
        DeviceState.Online => "online",
        DeviceState.Offline => "offline",
        _ => "alarm",
    };

    /// <summary>The state of a code; null for one that is none, as of a device that has never reported.</summary>
    public static DeviceState? Find(string? code) => code switch
    {
        "online" => DeviceState.Online,
        "offline" => DeviceState.Offline,
        "alarm" => DeviceState.Alarm,
        _ => null,
    };
}
