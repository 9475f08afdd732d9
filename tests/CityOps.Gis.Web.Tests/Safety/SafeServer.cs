using System.Net;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Safety;

/// <summary>The product's host over <see cref="SmallCity"/>, whose features may be changed, as it comes or as a test sets it.</summary>
public sealed class SafeServer : IAsyncLifetime
{
    readonly PostGisDatabase _database = new();
    readonly TempFolder _uploads = new();
    readonly List<WebApplication> _hosts = [];
    HttpClient? _http;

    public PostGisDatabase Database => _database;

    /// <summary>The host as it comes.</summary>
    public HttpClient Http => _database.Source is null ? null! : _http!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.ConnectionString == "")
            return;
        await _database.Run(SmallCity.Sql);
        _http = Client(await Start(options => options));
    }

    /// <summary>Another host; ends with the fixture.</summary>
    public async Task<WebApplication> Start(Func<GisWebOptions, GisWebOptions> with)
    {
        var host = GisWebHost.Build(with(new()
        {
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0",
            Ogc = new() { IsEditable = true }, Access = AccessOptions.TrustEverybody, Imports = new() { Folder = _uploads.Path },
        }));
        await host.StartAsync();
        _hosts.Add(host);
        return host;
    }

    /// <summary>A program that reads English, follows no redirection and takes any certificate.</summary>
    public static HttpClient Client(WebApplication host, string? url = null)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, MaxConnectionsPerServer = 200, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        }) { BaseAddress = new(url ?? host.Urls.First()) };
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        foreach (var host in _hosts)
        {
            await host.StopAsync(soon.Token);
            await host.DisposeAsync();
        }
        await _database.DisposeAsync();
        _uploads.Dispose();
    }
}
