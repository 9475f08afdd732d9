using System.Text.Json;
using System.Text.Json.Serialization;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.Web.Pages;

namespace CityOps.Gis.Web.Api.Views;

/// <summary>What the map of a person's grids draws, for whoever asks: outlines, and places of what changed.</summary>
public static class OwnGridEndpoints
{
    const string GeoJsonType = "application/geo+json";

    /// <summary>Changes of a layer that are drawn at most; the list of the page holds no more.</summary>
    public const int MostChanges = 200;

    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static IEndpointRouteBuilder MapOwnGrids(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/own-grids/outlines", Outlines);
        routes.MapGet("/api/own-grids/changes", Changes);
        return routes;
    }

    static async Task<IResult> Outlines(OwnGrids own, CancellationToken cancel)
        => Results.Text(await own.Outlines(await GridsOf(own, cancel), cancel), GeoJsonType);

    /// <param name="days">Days before today at whose beginning, in Beijing, the comparison starts.</param>
    static async Task<IResult> Changes(int? days, OwnGrids own, GridChanges changes, LayerCatalog layers, TimeProvider clock, FieldText values, CancellationToken cancel)
    {
        var grids = await GridsOf(own, cancel);
        var since = GridsAddress.Since(clock, days ?? GridsAddress.UsualDays);
        var features = new List<object>();
        if (grids.Count > 0)
            foreach (var layer in layers.Layers.Where(layer => layer.Geometry != GeometryKind.None && MapQuestion.Concerns(layer)))
                features.AddRange((await changes.List(layer, [.. grids.Select(grid => grid.Code)], since, MostChanges, cancel)).Where(one => one.Version.Geometry is { IsEmpty: false }).Select(one => Spot(layer, one, values)));
        return Results.Json(new { Type = "FeatureCollection", Features = features }, Format, GeoJsonType);
    }

    static object Spot(LayerDefinition layer, GridChange change, FieldText values)
    {
        var place = VersionDifference.Middle(change.Version.Geometry!);
        return new
        {
            Type = "Feature",
            Id = $"{layer.Id}/{change.Version.Fid}",
            Geometry = new { Type = "Point", Coordinates = new[] { place.X, place.Y } },
            Properties = new { change.Kind, Title = values.TitleOf(layer, change.Version) },
        };
    }

    static async Task<IReadOnlyList<SpineNode>> GridsOf(OwnGrids own, CancellationToken cancel)
        => await own.Of(Caller.Current, cancel) is { Count: > 0 } codes ? await own.Grids(codes, cancel) : [];
}
