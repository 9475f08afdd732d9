using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;

namespace CityOps.Gis.Benchmarks;

/// <summary>The product's host with its usual limits, in a process of its own, over a database of the bench's. Everybody is trusted; nobody is held to a rate.</summary>
static class WebServerChild
{
    const int MostTries = 1_200;

    public static ServerChild Start(string connection) => new("web-server", connection);

    /// <summary>The child itself: pages, API and tiles on a free port until its input ends.</summary>
    public static Task<int> Serve(string[] arguments) => Serve(arguments, AccessOptions.TrustEverybody);

    /// <param name="access">Who calls.</param>
    public static async Task<int> Serve(string[] arguments, AccessOptions access)
    {
        await using var host = GisWebHost.Build(new()
        {
            ConnectionString = arguments[0], LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Access = access,
            // One address plays a hundred people.
            Safety = new() { RateFactor = 0 }, Engine = EngineSettings.Engine(arguments[0]), Serving = EngineSettings.Serving(),
        });
        await host.StartAsync();
        Console.WriteLine(ServerChild.Ready + host.Urls.First());
        while (await Console.In.ReadLineAsync() is not null)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            Console.WriteLine(ServerChild.Heap + GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture));
        }
        await host.StopAsync();
        return 0;
    }

    /// <summary>Waits until memory follows a layer.</summary>
    public static async Task IsLive(HttpClient client, string layer)
    {
        for (var left = MostTries; left > 0; left--, await Task.Delay(500))
        {
            using var catalogue = JsonDocument.Parse(await client.GetStringAsync("/tiles"));
            if (catalogue.RootElement.GetProperty("layers").EnumerateArray().First(one => one.GetProperty("id").ValueEquals(layer)).GetProperty("state").GetString() == "live")
                return;
        }
        throw new InvalidOperationException($"Layer {layer} does not become live.");
    }
}
