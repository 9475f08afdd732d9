using System.Net.Sockets;

namespace CityOps.Gis.Testing.Faults;

/// <summary>Somebody who takes a whole layer away and reads so slowly that the product is in the middle of it for as long as one wants.</summary>
public sealed class SlowExport : IDisposable
{
    readonly HttpClient _http;
    readonly HttpResponseMessage _response;
    readonly Stream _body;

    SlowExport(HttpClient http, HttpResponseMessage response, Stream body) => (_http, _response, _body) = (http, response, body);

    /// <summary>Begins, and has read the first bytes.</summary>
    public static async Task<SlowExport> Begin(Uri root)
    {
        // The smaller the window, the sooner the product waits for the reader.
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var http = new HttpClient(handler) { BaseAddress = root };
        var response = await http.GetAsync("/export/devices.geojson?confirm=yes", HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[100]);
        return new(http, response, body);
    }

    /// <summary>Reads on to the end; false where the answer breaks off, as it must when it is not whole.</summary>
    public async Task<bool> IsWhole()
    {
        try
        {
            var buffer = new byte[1 << 16];
            while (await _body.ReadAsync(buffer) > 0)
            {
            }
            return true;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _body.Dispose();
        _response.Dispose();
        _http.Dispose();
    }
}
