using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.Web.Cases;

/// <summary>Registers what cases need beside layers and database.</summary>
public static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services)
        => services.AddSingleton<CaseHistory>().AddSingleton<CaseTasks>().AddSingleton<CaseDuplicates>().AddSingleton<CaseDepartments>().AddSingleton<CaseBoard>().AddSingleton<DispatchAdvice>().AddSingleton<CaseRules>().AddSingleton<CitizenCases>().AddSingleton<CaseWords>().AddSingleton(_ => new PhotoTurns())
            .AddSingleton(made => new CaseDesk(made.GetRequiredService<CallerDatabase>(), made.GetRequiredService<LayerCatalog>(), Zone(made)))
            .AddSingleton(made => new CaseParts(made.GetRequiredService<CallerDatabase>(), Zone(made)))
            .AddSingleton(made => new CaseIntake(made.GetRequiredService<CallerDatabase>(), made.GetRequiredService<LayerCatalog>(), Zone(made)));

    static TimeZoneInfo Zone(IServiceProvider made) => TimeZoneInfo.FindSystemTimeZoneById(made.GetRequiredService<GisWebOptions>().TimeZone);
}
