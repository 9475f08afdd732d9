using CityOps.Gis.PostGis.Access;

namespace CityOps.Gis.Web.Retention;

/// <summary>Registers what forgets personal data in time.</summary>
static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services, GisWebOptions options)
        => services.AddSingleton(options.Retention).AddSingleton<PersonalData>().AddSingleton<RetentionSweeper>().AddHostedService(host => host.GetRequiredService<RetentionSweeper>());
}
