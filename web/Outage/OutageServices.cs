namespace CityOps.Gis.Web.Outage;

/// <summary>Makes a host say so when the database is away, and go on when it is back.</summary>
public static class OutageServices
{
    public static IServiceCollection AddOutage(this IServiceCollection services)
        => services.AddSingleton<DatabaseOutage>().AddHostedService<DatabaseWatch>().AddExceptionHandler<OutageAnswers>();
}
