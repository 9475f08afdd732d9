using System.Globalization;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Queries;
using Microsoft.Extensions.Primitives;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// A selection by box, polygon or circle as the address of a page holds it, in the words of <see cref="FeatureQueryText"/>: <c>bbox=118.07,24.44,118.08,24.45</c>,
/// <c>polygon=POLYGON((…))</c>, <c>near=118.07,24.45,250</c>.
/// </summary>
public static class SelectedShape
{
    /// <summary>More corners than anyone draws; each tile's address carries them.</summary>
    const int MostCorners = 200;

    /// <summary>Reads the parameters of an address; null where there is no selection, or one that cannot be read.</summary>
    public static DrawnShape? Parse(IReadOnlyDictionary<string, StringValues> parameters)
    {
        string? Text(string name) => parameters.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        return Text("bbox") is { } box ? Box(box) : Text("polygon") is { } polygon ? Polygon(polygon) : Text("near") is { } near ? Circle(near) : null;
    }

    /// <summary>The parameter of an address.</summary>
    public static string Format(DrawnShape shape) => shape.Tool switch
    {
        MapTool.Box => $"bbox={shape.Places[0]},{shape.Places[1]}",
        MapTool.Circle => string.Create(CultureInfo.InvariantCulture, $"near={shape.Places[0]},{shape.Meters:0.##}"),
        _ => FeatureQueryText.Format(Within(new(""), shape)),
    };

    /// <summary>What of a question lies within the shape.</summary>
    public static FeatureQuery Within(FeatureQuery query, DrawnShape shape) => shape.Tool switch
    {
        MapTool.Box => query with { Box = (shape.Places[0].Longitude, shape.Places[0].Latitude, shape.Places[1].Longitude, shape.Places[1].Latitude) },
        MapTool.Circle => query with { Near = new(shape.Places[0].Longitude, shape.Places[0].Latitude, shape.Meters ?? 0) },
        _ => query with { Polygon = PolygonOf(shape) },
    };

    /// <summary>The box around it.</summary>
    public static MapBounds BoundsOf(DrawnShape shape)
    {
        if (shape.Tool == MapTool.Circle)
        {
            var (west, south, east, north) = new NearPlace(shape.Places[0].Longitude, shape.Places[0].Latitude, shape.Meters ?? 0).Box;
            return new(west, south, east, north);
        }
        var (longitudes, latitudes) = (shape.Places.Select(place => place.Longitude), shape.Places.Select(place => place.Latitude));
        return new(longitudes.Min(), latitudes.Min(), longitudes.Max(), latitudes.Max());
    }

    /// <summary>Why what was drawn cannot be asked for, as the name of a text; null where it can.</summary>
    public static string? FaultOf(DrawnShape shape)
        => shape is { Tool: MapTool.Circle, Meters: > NearPlace.MostMeters } ? "CircleTooLarge"
            : shape is { Tool: MapTool.Polygon, Places.Count: > MostCorners } ? "TooManyCorners"
            : shape.Tool == MapTool.Polygon && !PolygonOf(shape).IsValid ? "EdgesCross"
            : null;

    static DrawnShape? Box(string text)
        => text.Split(',').Select(Number).ToArray() is [{ } west, { } south, { } east, { } north] && west < east && south < north && west >= -180 && east <= 180 && south >= -85 && north <= 85
            ? new(MapTool.Box, [new(west, south), new(east, north)], null)
            : null;

    static DrawnShape? Circle(string text) => NearPlace.TryParse(text) is { } near ? new(MapTool.Circle, [new(near.Longitude, near.Latitude)], near.Meters) : null;

    // What a pointer draws has one ring; an address with more is not the map's.
    static DrawnShape? Polygon(string text)
        => FeatureQueryText.Polygon(text) is Polygon { IsEmpty: false, NumInteriorRings: 0, NumPoints: <= MostCorners + 1 } polygon
            && new DrawnShape(MapTool.Polygon, [.. polygon.Shell.Coordinates.SkipLast(1).Select(corner => new MapPlace(corner.X, corner.Y))], null) is var shape && FaultOf(shape) is null
            ? shape
            : null;

    static Polygon PolygonOf(DrawnShape shape)
        => GeometryFactory.Default.CreatePolygon([.. shape.Places.Append(shape.Places[0]).Select(place => new Coordinate(place.Longitude, place.Latitude))]);

    static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
