using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.PostGis.Surroundings;

namespace CityOps.Gis.Web.Cameras;

/// <summary>Registers what cameras need beside layers and database.</summary>
public static class CameraServices
{
    public static IServiceCollection AddCameras(this IServiceCollection services, GisWebOptions options)
        => services.AddSingleton(options.Streams).AddSingleton<CameraList>().AddSingleton<CameraRoster>().AddSingleton<CameraSnapshots>().AddSingleton<CameraPlans>().AddSingleton<CameraWords>().AddSingleton<WatchLog>()
            .AddSingleton<StreamGuard>().AddSingleton<CameraStreams>()
            .AddSingleton(made => new CameraSight(
                made.GetRequiredService<CallerDatabase>(), made.GetRequiredService<LayerCatalog>(), made.GetRequiredService<FeatureSurroundings>(), options.ProjectedCrs is { } code ? CrsCatalog.Find(code) : null));
}
