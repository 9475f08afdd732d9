using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Access;
using Microsoft.Extensions.Hosting;

namespace CityOps.Gis.Testing.Faults;

/// <summary>The child's side of <see cref="HostProcess"/>: the product's host as <c>up</c> or <c>tiles</c> makes it, trusting everybody, or with <c>keys</c> nobody without one.</summary>
static class ChildHost
{
    public const string Ready = "serving ";

    /// <param name="arguments">web, tiles or keys; connection string; folder for all its files; address.</param>
    public static async Task<int> Serve(string[] arguments)
    {
        var (kind, connection, folder, url) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        var options = new GisWebOptions
        {
            ConnectionString = connection, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = url, Access = kind == "keys" ? new() : AccessOptions.TrustEverybody, Ogc = new() { IsEditable = true },
            Engine = new TileEngineOptions { ConnectionString = connection, Folder = Path.Combine(folder, "snapshots"), FileInterval = TimeSpan.FromMilliseconds(500) },
            Imports = new() { Folder = Path.Combine(folder, "imports") }, Safety = new() { RateFactor = 0 },
        };
        await using var host = kind == "tiles" ? TileHost.Build(options) : GisWebHost.Build(options);
        await host.StartAsync();
        Console.WriteLine(Ready + host.Urls.First());
        await host.WaitForShutdownAsync();
        return 0;
    }
}
