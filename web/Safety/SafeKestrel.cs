using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CityOps.Gis.Web.Safety;

/// <summary>Kestrel with bounds to what a connection may hold, and with the certificate of the settings.</summary>
static class SafeKestrel
{
    // Requests that need more say so by their class.
    const long MostBodyBytes = 256 << 10;

    public static IWebHostBuilder UseSafeKestrel(this IWebHostBuilder host, SafetyOptions options)
        => host.ConfigureServices(services => services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider>((kestrel, provider) =>
        {
            Bound(kestrel.Limits, options.Connections);
            kestrel.AddServerHeader = false;
            if (options.Certificate is { } files)
                Encrypt(kestrel, new(files, TimeProvider.System, provider.GetRequiredService<ILogger<ServerCertificate>>()));
        }));

    static void Bound(KestrelServerLimits limits, ConnectionLimits connections)
    {
        (limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections) = (connections.Most, connections.Most);
        (limits.KeepAliveTimeout, limits.RequestHeadersTimeout) = (connections.Rest, connections.Head);
        limits.MaxRequestBodySize = MostBodyBytes;
        limits.MinRequestBodyDataRate = new(connections.LeastBytesPerSecond, connections.Grace);
        limits.MinResponseDataRate = new(connections.LeastBytesPerSecond, connections.Grace);
    }

    static void Encrypt(KestrelServerOptions kestrel, ServerCertificate certificate) => kestrel.ConfigureHttpsDefaults(https =>
    {
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ServerCertificate = certificate.Current().TargetCertificate;
        https.OnAuthenticate = (_, tls) => tls.ServerCertificateContext = certificate.Current();
    });
}
