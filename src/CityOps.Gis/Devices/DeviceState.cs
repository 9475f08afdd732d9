namespace CityOps.Gis.Devices;

/// <summary>How a device stands, as <see cref="DeviceStates.Code"/> writes it into the field <c>status</c> of the layer; read in the code list <c>device-states</c>.</summary>
public enum DeviceState
{
    Online,

    /// <summary>Silent for longer than its kind is.</summary>
    Offline,

    /// <summary>An alarm is open, whether it is silent or not.</summary>
    Alarm,
}
