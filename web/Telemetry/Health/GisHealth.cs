using CityOps.Gis.Access;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CityOps.Gis.Web.Telemetry.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve; names each check with its state. <c>/health</c>: the database answers; open pages ask it
/// before they come back. None needs a sign-in, and to whom has not signed in none tells more than a state.
/// </summary>
static class GisHealth
{
    const string Ready = "ready", Database = "database";

    public static IServiceCollection AddGisHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>(Database, tags: [Ready])
            .AddCheck<MigrationCheck>("migrations", tags: [Ready])
            .AddCheck<FollowerCheck>("follower", tags: [Ready]);
        return services;
    }

    public static void MapGisHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = Write }).AllowAnonymous();
        routes.MapHealthChecks("/health", new() { Predicate = check => check.Name == Database }).AllowAnonymous();
    }

    // Descriptions name layers and scripts, which are nobody's business outside.
    static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(check => check.Key, check => new { status = check.Value.Status.ToString(), Description = Caller.Current.May(Permission.View) ? check.Value.Description : null }),
    });
}
