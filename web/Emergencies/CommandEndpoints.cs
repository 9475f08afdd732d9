using System.Text.Json;
using CityOps.Gis.PostGis.Emergencies;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>The area of an emergency: the map dims what lies outside of it.</summary>
public static class CommandEndpoints
{
    public static IEndpointRouteBuilder MapCommand(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/command/{id:long}/area", Area);
        return routes;
    }

    static async Task<IResult> Area(long id, EmergencyList emergencies, CancellationToken cancel)
        => await emergencies.Outline(id, cancel) is { } outline
            ? Results.Json(new { type = "Feature", id, properties = new { }, geometry = JsonDocument.Parse(outline).RootElement }, contentType: "application/geo+json")
            : Results.NotFound();
}
