using System.Net;
using System.Net.Sockets;

namespace CityOps.Gis.Web.Cameras;

/// <summary>
/// Connects to hosts of streams and to no others. Who writes cameras' addresses would else have this server ask what only it can reach. The address is looked at that is connected to,
/// so a name that is resolved anew to another one does not get through.
/// </summary>
public sealed class StreamGuard(StreamOptions options)
{
    /// <summary>Without redirects, cookies and proxies: one request is one request to that host.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = options.Patience, PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 32,
        AutomaticDecompression = DecompressionMethods.All, ConnectCallback = async (context, cancel) => await Connect(context.DnsEndPoint, cancel),
    }) { Timeout = Timeout.InfiniteTimeSpan };

    async Task<Stream> Connect(DnsEndPoint host, CancellationToken cancel)
    {
        var named = options.Hosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase);
        if (options.Hosts.Count > 0 && !named)
            throw new IOException($"{host.Host} is not among the hosts of streams ({StreamOptions.Variable}).");
        var address = (await Dns.GetHostAddressesAsync(host.Host, cancel)).FirstOrDefault(one => named || IsOutside(one))
            ?? throw new IOException($"{host.Host} is this machine or of its own link; name it in {StreamOptions.Variable} if streams come from there.");
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, host.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Is it another machine that packets are routed to?</summary>
    public static bool IsOutside(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
            && (bytes.Length > 4 || bytes is not [0, ..] and not [127, ..] and not [169, 254, ..] and not [>= 224, ..]);
    }
}
