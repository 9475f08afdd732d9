using CityOps.Gis.PostGis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>What heat maps need as services; pages and endpoints share the answers that are kept.</summary>
public static class HeatServices
{
    public static IServiceCollection AddHeat(this IServiceCollection services)
    {
        services.TryAddSingleton<CallerDatabase>();
        return services.AddSingleton<HeatQuery>().AddSingleton<SpineAreas>().AddSingleton(new HeatCache()).AddSingleton<HeatAnswers>();
    }
}
