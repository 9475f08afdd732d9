using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Serving;

namespace CityOps.Gis.Web;

/// <summary>A tile node alone, for scale-out: tiles, TileJSON and a health check, no pages.</summary>
public static class TileHost
{
    public static WebApplication Build(string connectionString, string[] layerFolders, string urls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(LayerCatalog.Load(layerFolders));
        builder.Services.AddSingleton(_ => Connections.Open(connectionString));
        builder.Services.AddSingleton<TileQuery>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database");
        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapTiles();
        return app;
    }
}
