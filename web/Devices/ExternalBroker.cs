using System.Security.Cryptography.X509Certificates;

namespace CityOps.Gis.Web.Devices;

/// <summary>An MQTT broker elsewhere. Who may send there is its own affair: what comes from it counts for the whole city.</summary>
/// <param name="IsEncrypted">It speaks TLS.</param>
public sealed record ExternalBroker(string Host, int Port, bool IsEncrypted, string? User = null, string? Password = null)
{
    /// <summary>Under which the broker keeps what comes while the product is away: the same at every start, one for each installation.</summary>
    public string ClientId { get; init; } = "cityops-gis";

    /// <summary>Who may have signed its certificate, where that is an authority of the bureau's own; null: those that the system trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
}
