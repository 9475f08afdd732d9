using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The web host on a free port over a database of its own, looked at in the <see cref="SharedBrowser"/>.</summary>
public abstract class HostedMap(string citySql, bool isEditable = false) : IAsyncLifetime
{
    readonly PostGisDatabase _database = new();
    readonly TempFolder _uploads = new();
    WebApplication? _host;
    IBrowser? _browser;

    public PostGisDatabase Database => _database;

    /// <summary>Address of the page, without a slash at its end.</summary>
    public string Root { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.ConnectionString == "" || await SharedBrowser.Get() is not { } browser)
            return;
        if (citySql != "")
            await _database.Run(citySql);
        await StartHost("http://127.0.0.1:0");
        Root = _host!.Urls.First();
        _browser = browser;
    }

    /// <summary>A browser of a person who reads the given language; skips the test where there is no database or no Chromium.</summary>
    public async Task<MapTab> Open(string address, string language = "zh-CN", int width = 1280, int height = 720)
    {
        var tab = await Blank(language, width, height);
        await tab.Go(address);
        return tab;
    }

    /// <summary>The same before it has gone anywhere.</summary>
    public async Task<MapTab> Blank(string language = "zh-CN", int width = 1280, int height = 720)
    {
        _ = _database.Source;
        Assert.SkipWhen(_browser is null, $"{SharedBrowser.Path} is not there; run ./cityops test.");
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = language, ReducedMotion = ReducedMotion.Reduce });
        await context.AddCookiesAsync([new() { Name = TrustedAccess.BrowserCookie, Value = Guid.NewGuid().ToString("N"), Url = Root }]);
        return new MapTab(await context.NewPageAsync(), Root);
    }

    /// <summary>The same for a page that need not have a map.</summary>
    public async Task<MapTab> OpenPage(string address, string language)
    {
        var tab = await Blank(language);
        await tab.GoToPage(address);
        return tab;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await StopHost();
        await _database.DisposeAsync();
        _uploads.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the host and starts another at the same address, as an update of the program does.</summary>
    public async Task Restart()
    {
        await StopHost();
        await StartHost(Root);
    }

    /// <summary>Waits until the tile of a place holds a text.</summary>
    public async Task Serves(string layer, double longitude, double latitude, string text)
    {
        const int zoom = 18;
        var (x, y) = ((int)((longitude + 180) / 360 * (1 << zoom)), (int)((1 - Math.Asinh(Math.Tan(latitude * Math.PI / 180)) / Math.PI) / 2 * (1 << zoom)));
        using var client = new HttpClient();
        for (var left = 60; left > 0; left--, await Task.Delay(250, TestContext.Current.CancellationToken))
            if (System.Text.Encoding.UTF8.GetString(await client.GetByteArrayAsync($"{Root}/tiles/{layer}/{zoom}/{x}/{y}.mvt", TestContext.Current.CancellationToken)).Contains(text, StringComparison.Ordinal))
                return;
        Assert.Fail($"The tile of {longitude} {latitude} does not hold {text}.");
    }

    /// <summary>What the host is made of, for tests that do what a page cannot.</summary>
    public IServiceProvider Services => _host!.Services;

    /// <summary>What a test's host is told beside the usual.</summary>
    protected virtual GisWebOptions With(GisWebOptions options) => options;

    async Task StartHost(string urls)
    {
        _host = GisWebHost.Build(With(new()
        {
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = urls,
            Engine = new() { ConnectionString = _database.ConnectionString }, Ogc = new() { IsEditable = isEditable }, Imports = new() { Folder = _uploads.Path, ChunkBytes = 20_000 },
            Access = AccessOptions.TrustBrowsers,
        }));
        await _host.StartAsync();
    }

    async Task StopHost()
    {
        if (_host is null)
            return;
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _host.StopAsync(soon.Token);
        await _host.DisposeAsync();
    }
}
