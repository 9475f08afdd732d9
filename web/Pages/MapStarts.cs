using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Components;

namespace CityOps.Gis.Web.Pages;

/// <summary>Finds what the map draws of an address.</summary>
public sealed class MapStarts(LayerCatalog catalog, AreaPlaces places, SelectedFeatures selectable, GisWebOptions options)
{
    const double PointZoom = 18;

    /// <summary>Layers with a geometry, in the catalogue's order.</summary>
    public IReadOnlyList<LayerDefinition> Layers { get; } = [.. catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None)];

    /// <summary>Asks the database for the feature and the area that an address names.</summary>
    /// <param name="whole">Features of each layer by id (<see cref="MapNumbers.Whole"/>).</param>
    internal async Task<MapStart> Of(MapAddress address, IReadOnlyDictionary<string, long> whole, CancellationToken cancel)
    {
        var city = await places.City(cancel);
        var selected = address.Feature is { } feature ? await selectable.Find(feature, cancel) : null;
        MapLayer[] drawn = [.. Layers.Select(layer => DrawnLayers.Of(layer, catalog, whole.GetValueOrDefault(layer.Id) / city?.AreaKm2))];
        return new(
            Layers, drawn, drawn.FirstOrDefault(layer => layer.Id == "districts"), Visible(address), Queries(address), await places.Url(address.Question.Area, cancel),
            selected, address.At ?? Near(selected), selected?.Bounds ?? await places.Bounds(address.Question.Area, cancel) ?? city, CityProjection.Of(options.ProjectedCrs, city));
    }

    /// <summary>Ids of the layers that an address shows.</summary>
    public HashSet<string> Visible(MapAddress address)
        => [.. address.Layers?.Where(id => catalog.Find(id) is not null) ?? Layers.Where(layer => layer.Style.VisibleAtStart).Select(layer => layer.Id)];

    /// <summary>By layer id: the query of its tiles, where there is one.</summary>
    public IReadOnlyDictionary<string, string> Queries(MapAddress address)
        => Layers.Select(layer => (layer.Id, Query: address.TilesQuery(layer))).Where(one => one.Query is not null).ToDictionary(one => one.Id, one => one.Query!);

    /// <summary>Where a point is looked at from; null for what has an extent.</summary>
    public static MapViewport? Near(SelectedFeature? selected, double? zoom = null)
        => selected?.Point is { } point ? new(Math.Max(PointZoom, zoom ?? 0), point.Y, point.X) : null;
}
