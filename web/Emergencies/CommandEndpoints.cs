using System.Text.Json;
using CityOps.Gis.PostGis.Emergencies;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>The area of an emergency, which the map shows with what lies outside of it dimmed, and the officers who are in it.</summary>
public static class CommandEndpoints
{
    public static IEndpointRouteBuilder MapCommand(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/command/{id:long}/area", Area);
        routes.MapGet("/api/command/{id:long}/officers", Officers);
        return routes;
    }

    static async Task<IResult> Area(long id, EmergencyList emergencies, CancellationToken cancel)
        => await emergencies.Outline(id, cancel) is { } outline
            ? Results.Json(new { type = "Feature", id, properties = new { }, geometry = JsonDocument.Parse(outline).RootElement }, contentType: "application/geo+json")
            : Results.NotFound();

    static async Task<IResult> Officers(long id, EmergencyList emergencies, OfficersThere there, CancellationToken cancel)
        => await emergencies.Area(id, cancel) is { } area
            ? Results.Json(new
            {
                type = "FeatureCollection",
                features = (await there.Within(area, cancel)).Select(one => new
                {
                    type = "Feature", id = one.PersonId, geometry = new { type = "Point", coordinates = new[] { one.Longitude, one.Latitude } }, properties = new { name = one.Name },
                }),
            }, contentType: "application/geo+json")
            : Results.NotFound();
}
