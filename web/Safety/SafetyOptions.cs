namespace CityOps.Gis.Web.Safety;

/// <summary>How the server guards itself and those who use it. Safe as it comes; see <c>src/docs/security.md</c>.</summary>
public sealed record SafetyOptions
{
    /// <summary>Certificate of addresses that begin with <c>https</c>; null = the server speaks HTTP, for a machine of its own or behind a proxy.</summary>
    public CertificateFiles? Certificate { get; init; }

    /// <summary>Names under which the server answers; empty = any.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Addresses and networks of reverse proxies whose word about client and scheme counts.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Times the usual rates that a person, a key or an address may keep up; 0 = any rate.</summary>
    public double RateFactor { get; init; } = 1;

    public ConnectionLimits Connections { get; init; } = new();

    public IReadOnlyDictionary<RequestClass, ClassLimits> Limits { get; init; } = ClassLimits.Usual;
}
