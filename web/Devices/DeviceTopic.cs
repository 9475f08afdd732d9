using CityOps.Gis.Devices;

namespace CityOps.Gis.Web.Devices;

/// <summary>The topic under which a device publishes: <c>devices/{its id}/readings</c> (MQTT 5.0, 4.7).</summary>
static class DeviceTopic
{
    const string Before = "devices/", Behind = "/readings";

    /// <summary>The topics of all devices, as a subscriber asks for them.</summary>
    public const string All = Before + "+" + Behind;

    /// <summary>The device's id; null for another topic.</summary>
    public static string? DeviceOf(string topic)
        => topic.StartsWith(Before, StringComparison.Ordinal) && topic.EndsWith(Behind, StringComparison.Ordinal) && topic.Length > Before.Length + Behind.Length && topic[Before.Length..^Behind.Length] is var id && !id.Contains('/', StringComparison.Ordinal)
            ? id : null;

    /// <summary>What a log may say of the topic of a message that was not taken: a device that the city knows by its name, anything else is a sender's own words.</summary>
    public static string InLog(string topic, MessageFault fault) => fault.Code is "no-such-device" or "no-such-topic" or "not-allowed" ? "a topic of no known device" : topic;
}
