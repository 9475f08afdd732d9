using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Kestrel as every host that serves tiles sets it.</summary>
public static class TileKestrel
{
    // A whole tile, so that a thread hands it over and makes the next one while the network takes it.
    const long ResponseBufferBytes = 1 << 20;

    public static IWebHostBuilder UseTileKestrel(this IWebHostBuilder host) => host.ConfigureServices(services => services.Configure<KestrelServerOptions>(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxResponseBufferSize = ResponseBufferBytes;
    }));
}
