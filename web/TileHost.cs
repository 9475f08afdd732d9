using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Outage;
using CityOps.Gis.Web.Safety;
using CityOps.Gis.Web.Telemetry;
using CityOps.Gis.Web.Telemetry.Health;
using CityOps.Gis.Web.Access;

namespace CityOps.Gis.Web;

/// <summary>
/// A tile node alone, for scale-out: tiles, heat maps, TileJSON and a health check, no pages. It follows the database by itself, so as many as are wanted may run,
/// on as many machines.
/// </summary>
public static class TileHost
{
    /// <exception cref="LayerDefinitionException">A layer definition cannot be used.</exception>
    public static WebApplication Build(GisWebOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(TileHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            // Whatever the environment is called: callers never see the inside of a fault.
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseUrls(options.Urls).UseTileKestrel().UseSafeKestrel(options.Safety);
        builder.Logging.ClearProviders();
        builder.Services.AddGisLog();
        builder.Services.AddSingleton(LayerCatalog.Load(options.LayerFolders));
        builder.Services.AddSingleton(_ => Connections.Open(options.ConnectionString));
        builder.Services.AddSingleton<CallerDatabase>();
        builder.Services.AddAccess(options.Access);
        builder.Services.AddTiles(options.Engine, options.Serving).AddHeat();
        builder.Services.AddSafety(options.Safety).AddTelemetry().AddGisHealth();
        builder.Services.AddOutage().AddProblemDetails();
        var app = builder.Build();
        app.UseSafety();
        app.UseExceptionHandler();
        app.UseAccess();
        app.UseRateLimiter();
        app.MapGisHealth();
        app.MapTiles();
        app.MapHeat();
        return app;
    }
}
