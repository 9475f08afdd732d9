using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Patrols;
using Npgsql;

namespace CityOps.Gis.Web.Patrols;

/// <summary>Registers what patrols need beside the database.</summary>
public static class PatrolServices
{
    public static IServiceCollection AddPatrols(this IServiceCollection services, GisWebOptions options)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        services.AddSingleton(options.Patrols).AddSingleton<OfficerPositions>().AddSingleton<PatrolWords>().AddHostedService<PatrolCaretaker>();
        services.AddSingleton(made => new TrackKeeping(made.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(made => new Tracks(made.GetRequiredService<CallerDatabase>(), zone)).AddSingleton(made => new PatrolRecords(made.GetRequiredService<CallerDatabase>(), zone));
        return services.AddSingleton(made => new PatrolDays(made.GetRequiredService<CallerDatabase>(), made.GetRequiredService<SpineTree>(), zone, options.ProjectedCrs));
    }
}
