using CityOps.Gis.Devices;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Devices;

/// <summary>The state of a device in a word and in a colour.</summary>
public sealed partial class DeviceBadge(DeviceWords words)
{
    /// <summary>Null: it has never reported.</summary>
    [Parameter, EditorRequired]
    public required DeviceState? State { get; set; }

    string Code => State is { } state ? DeviceStates.Code(state) : "never";
}
