using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Assessment;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Registers what assessment needs beside the database.</summary>
public static class AssessmentServices
{
    public static IServiceCollection AddAssessment(this IServiceCollection services)
        => services.AddSingleton<RatedAreas>().AddSingleton<AssessmentWords>().AddSingleton<AppealDesk>().AddSingleton<AppealList>().AddSingleton<CheckPhotos>()
            .AddSingleton(made => new SpotChecks(made.GetRequiredService<CallerDatabase>(), made.GetRequiredService<LayerCatalog>(), Zone(made)))
            .AddSingleton(made => new Assessments(made.GetRequiredService<CallerDatabase>(), Zone(made)))
            .AddSingleton(made => new OwnFigures(made.GetRequiredService<CallerDatabase>(), made.GetRequiredService<Assessments>(), Zone(made)))
            .AddSingleton(made => new ClosedPeriods(made.GetRequiredService<CallerDatabase>(), made.GetRequiredService<Assessments>(), Zone(made)));

    static TimeZoneInfo Zone(IServiceProvider made) => TimeZoneInfo.FindSystemTimeZoneById(made.GetRequiredService<GisWebOptions>().TimeZone);
}
