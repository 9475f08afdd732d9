using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;

namespace CityOps.Gis.Benchmarks;

/// <summary>The product in a process of its own, with the settings of <c>./cityops up</c>, but that everybody who calls is trusted.</summary>
static class WebServerChild
{
    /// <summary>The child itself: pages, API and tiles on a free port until its input ends.</summary>
    public static async Task<int> Serve(string[] arguments)
    {
        var connection = arguments[0];
        await using var host = GisWebHost.Build(new()
        {
            ConnectionString = connection, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Access = AccessOptions.TrustEverybody,
            // One address plays a hundred people.
            Safety = new() { RateFactor = 0 },
            Engine = EngineSettings.Engine(connection), Serving = EngineSettings.Serving(),
        });
        await host.StartAsync();
        Console.WriteLine(ServerChild.Ready + host.Urls.First());
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
        return 0;
    }
}
