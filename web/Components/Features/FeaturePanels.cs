using CityOps.Gis.PostGis.History;
using CityOps.Gis.PostGis.Surroundings;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>Registers what the panel of a feature needs beside layers, database and OGC API.</summary>
public static class FeaturePanels
{
    public static IServiceCollection AddFeaturePanels(this IServiceCollection services)
        => services.AddSingleton<FeatureHistory>().AddSingleton<FeatureSurroundings>().AddSingleton<AreaSurroundings>().AddSingleton<PartCounts>().AddSingleton<AreaCounts>().AddSingleton<FeatureSaver>();
}
