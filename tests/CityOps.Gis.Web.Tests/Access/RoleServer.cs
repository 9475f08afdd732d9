using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>A host whose callers have the role that the header <c>X-Role</c> names; without it they are nobody.</summary>
public sealed class RoleServer : IAsyncLifetime
{
    readonly PostGisDatabase _database = new();
    WebApplication? _host;
    HttpClient? _client;

    public WebApplication Host => Where(_host);
    public HttpClient Client => Where(_client);

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.ConnectionString == "")
            return;
        _host = GisWebHost.Build(new()
        {
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Ogc = new() { IsEditable = true },
            Access = new() { Trusted = context => Role.Find(context.Request.Headers["X-Role"].ToString()) is { } role ? new Caller(role.Id, role.Id, role.Permissions, null) : null },
        });
        await _host.StartAsync();
        _client = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(_host.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    // Skips the test where there is no database.
    T Where<T>(T? made)
    {
        _ = _database.Source;
        return made!;
    }
}
