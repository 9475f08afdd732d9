using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Api;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Api.Exports;
using CityOps.Gis.Web.Api.History;
using CityOps.Gis.Web.Api.Imports;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Api.Search;
using CityOps.Gis.Web.Api.Table;
using CityOps.Gis.Web.Api.Views;
using CityOps.Gis.Web.Assessment;
using CityOps.Gis.Web.Assets;
using CityOps.Gis.Web.Cameras;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Cases.Open311;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Components.Features;
using CityOps.Gis.Web.Components.Views;
using CityOps.Gis.Web.Detections;
using CityOps.Gis.Web.Devices;
using CityOps.Gis.Web.Emergencies;
using CityOps.Gis.Web.Field;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Outage;
using CityOps.Gis.Web.Patrols;
using CityOps.Gis.Web.Retention;
using CityOps.Gis.Web.Safety;
using CityOps.Gis.Web.SpecialTasks;
using CityOps.Gis.Web.Telemetry;
using CityOps.Gis.Web.Telemetry.Health;
using Microsoft.AspNetCore.ResponseCompression;
using MudBlazor.Services;

namespace CityOps.Gis.Web;

/// <summary>The one process that serves pages, API and tiles.</summary>
public static class GisWebHost
{
    /// <exception cref="LayerDefinitionException">A layer definition cannot be used.</exception>
    public static WebApplication Build(GisWebOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GisWebHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            // Whatever the environment is called: callers never see the inside of a fault.
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseUrls(options.Urls).UseTileKestrel().UseSafeKestrel(options.Safety).UseStaticWebAssets();
        AddServices(builder.Services, options);
        var app = builder.Build();
        Map(app);
        return app;
    }

    static void AddServices(IServiceCollection services, GisWebOptions options)
    {
        services.AddSingleton(options);
        services.AddSafety(options.Safety).AddSingleton<ThemeStyles>();
        services.AddSingleton(LayerCatalog.Load(options.LayerFolders));
        services.AddSingleton(_ => Connections.Open(options.ConnectionString));
        services.AddSingleton<CallerDatabase>();
        services.AddSingleton<FeatureStore>();
        services.AddAccess(options.Access).AddSignIn(options.Access);
        services.AddTiles(options.Engine, options.Serving).AddHeat();
        services.AddCrossOrigin(options.Serving);
        services.AddOgc(options.Ogc);
        services.AddExports(options.Exports);
        services.AddSearch();
        services.AddFeaturePanels().AddViews();
        services.AddTable();
        services.AddCases().AddSpecialTasks().AddCommand().AddAssessment();
        services.AddDevices(options).AddCameras(options).AddDetections().AddPatrols(options).AddField();
        services.AddRetention(options).AddOutage();
        services.AddBaseMaps(options.BaseMaps);
        services.AddImports(options.Imports);
        services.AddSingleton<LayerStatistics>();
        services.AddSingleton<LayerLabels>();
        services.AddSingleton<JurisdictionNames>();
        services.AddSingleton<SpineTree>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<FieldText>();
        services.AddSingleton<AreaPlaces>();
        services.AddSingleton<SelectedFeatures>();
        services.AddSingleton<MapStarts>();
        services.AddSingleton<MapPictures>();
        services.AddAssets();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddLocalization();
        services.AddRequestLocalization(UiLanguage.Configure);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = ProblemText.Complete);
        services.AddTelemetry().AddGisHealth();
        services.AddResponseCompression(compression => compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/geo+json", "text/csv"]);
        services.AddGisLog();
    }

    static void Map(WebApplication app)
    {
        app.UseSafety();
        app.UseExceptionHandler();
        app.UseCrossOrigin();
        app.UseAssets();
        app.UseResponseCompression();
        app.UseRequestLocalization();
        app.UseMiddleware<UiLanguage>();
        app.UseAccess();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapGisHealth();
        // Browsers ask for it beside every document that names no icon: a tile, a JSON answer.
        app.MapGet("/favicon.ico", () => Results.Redirect("/favicon.svg", permanent: true)).AllowAnonymous();
        app.MapAccess();
        app.MapTiles();
        app.MapHeat();
        app.MapLayers();
        app.MapOgc();
        app.MapExports();
        app.MapSearch();
        app.MapHistory();
        app.MapOwnGrids();
        app.MapTable();
        app.MapCases().MapOpen311().MapSpecialTasks().MapCommand();
        app.MapAssessment();
        app.MapDevices().MapCameras().MapDetections();
        app.MapPatrols();
        app.MapField();
        app.MapBaseMaps();
        app.MapUploads();
        app.MapBatches();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(circuits => circuits.ContentSecurityFrameAncestorsPolicy = null);
    }
}
