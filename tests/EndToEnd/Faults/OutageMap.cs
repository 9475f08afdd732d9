using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using CityOps.Gis.Testing.Faults;
using Microsoft.Playwright;
using Npgsql;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd.Faults;

/// <summary>The map over the city of <see cref="Streets"/> on a PostgreSQL server of its own, which may be stopped and killed while people look.</summary>
public sealed class OutageMap : IAsyncLifetime
{
    readonly TempFolder _files = new();
    OwnServer? _server;
    HostProcess? _host;
    IPlaywright? _playwright;
    IBrowser? _browser;

    public OwnServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CITYOPS_TEST_DATABASE")) || !File.Exists(SharedBrowser.Path))
            return;
        _server = new();
        await Installation.Prepare(_server.ConnectionString, PostGisDatabase.Catalog);
        await Run(Streets.Sql);
        _host = new("web", _server.ConnectionString, _files.Path);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(SharedBrowser.Options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        _host?.Dispose();
        _server?.Dispose();
        _files.Dispose();
    }

    public async Task<MapTab> Open(string address, string language = "zh-CN", ColorScheme look = ColorScheme.Light)
    {
        if (_browser is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("CITYOPS_TEST_DATABASE is not set or Chromium is missing, and CI runs every test.");
        Assert.SkipWhen(_browser is null, "CITYOPS_TEST_DATABASE is not set or Chromium is missing; run ./cityops test.");
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 720 }, Locale = language, ColorScheme = look });
        var tab = new MapTab(await context.NewPageAsync(), _host!.Url);
        await tab.Page.GotoAsync(_host.Url + address);
        return tab;
    }

    public async Task<string[]> Row(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Unpooled);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(at => reader.IsDBNull(at) ? "" : reader.GetValue(at).ToString()!)];
    }

    string Unpooled => new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Pooling = false }.ConnectionString;

    async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Unpooled);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
