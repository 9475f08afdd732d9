using CityOps.Gis.PostGis;
using Microsoft.Extensions.DependencyInjection;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>What heat maps need as services; pages and endpoints share the answers that are kept.</summary>
public static class HeatServices
{
    public static IServiceCollection AddHeat(this IServiceCollection services)
        => services.AddSingleton<HeatQuery>().AddSingleton<SpineAreas>().AddSingleton(new HeatCache()).AddSingleton<HeatAnswers>();
}
