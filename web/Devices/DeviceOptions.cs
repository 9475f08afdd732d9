using System.Net;

namespace CityOps.Gis.Web.Devices;

/// <summary>How devices reach the product, and how long what they report is kept.</summary>
public sealed record DeviceOptions
{
    /// <summary>Where the product's own MQTT broker listens, port 0 for a free one; null, as unless somebody asks for it: there is none.</summary>
    public IPEndPoint? Broker { get; init; }

    /// <summary>The own broker speaks TLS, with the server's certificate.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>A broker of the city's whose messages are taken too.</summary>
    public ExternalBroker? External { get; init; }

    /// <summary>How long readings are kept.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How often silent devices are looked for and cases of alarms are filed.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromSeconds(5);
}
