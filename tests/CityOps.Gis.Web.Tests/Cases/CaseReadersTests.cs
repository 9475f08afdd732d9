using System.Net;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Web.Api;
using CityOps.Gis.Web;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cases;

/// <summary>An installation whose definition says who reads cases: to others there are none, by the addresses of cases either.</summary>
public sealed class CaseReadersTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    readonly TempFolder _layers = new();
    WebApplication? _host;
    HttpClient? _http;

    public async ValueTask InitializeAsync()
    {
        if (database.ConnectionString == "")
            return;
        var own = Path.Combine(AppContext.BaseDirectory, "layers");
        foreach (var folder in Directory.GetDirectories(own, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(_layers.Path, Path.GetRelativePath(own, folder)));
        foreach (var file in Directory.GetFiles(own, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(_layers.Path, Path.GetRelativePath(own, file)));
        var cases = await File.ReadAllTextAsync(_layers.File("cases.json"));
        await File.WriteAllTextAsync(_layers.File("cases.json"), cases.Replace("\"access\": {", "\"access\": { \"read\": [\"shift-leader\"],", StringComparison.Ordinal));
        _host = GisWebHost.Build(new()
        {
            ConnectionString = database.ConnectionString, LayerFolders = [_layers.Path], Urls = "http://127.0.0.1:0",
            Access = new() { Trusted = context => Role.Find(context.Request.Headers["X-Person"].ToString()) is { } role ? new(role.Id, role.Id, role.Permissions, null) { Roles = [role.Id] } : null },
        });
        await _host.StartAsync();
        _http = new() { BaseAddress = new(_host.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        _layers.Dispose();
    }

    [Theory]
    [InlineData("/api/cases/rules", HttpStatusCode.OK)]
    [InlineData("/api/cases/tasks", HttpStatusCode.OK)]
    [InlineData("/api/cases/tasks/places", HttpStatusCode.OK)]
    [InlineData("/api/cases/duplicates?classCode=06012&longitude=118&latitude=24.4", HttpStatusCode.OK)]
    [InlineData("/api/cases/1", HttpStatusCode.NotFound)]
    [InlineData("/api/cases/1/moves", HttpStatusCode.NotFound)]
    [InlineData("/api/cases/photos/6f9619ff-8b86-d011-b42d-00cf4fc964ff", HttpStatusCode.NotFound)]
    public async Task Who_may_not_read_the_layer_finds_no_cases(string path, HttpStatusCode toReaders)
    {
        _ = database.Source;
        using var hidden = await new Answers(_http!, "grid-manager").Get(path);
        using var told = await new Answers(_http!, "shift-leader").Get(path);

        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal("urn:cityops:no-such-layer", JsonDocument.Parse(await hidden.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("type").GetString());
        Assert.Equal(toReaders, told.StatusCode);
    }
}
