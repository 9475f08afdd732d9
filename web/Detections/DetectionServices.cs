using CityOps.Gis.PostGis.Detections;

namespace CityOps.Gis.Web.Detections;

/// <summary>Registers what detections need beside cameras and cases.</summary>
public static class DetectionServices
{
    public static IServiceCollection AddDetections(this IServiceCollection services)
        => services.AddSingleton<DetectionStore>().AddSingleton<DetectionList>().AddSingleton<DetectionDesk>().AddSingleton<DetectionRules>().AddSingleton<DetectionIntake>().AddHostedService<DetectionCaretaker>();
}
