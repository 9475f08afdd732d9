using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web;

/// <summary>Where the city and the areas of its spine lie. An area that is not known today has no place.</summary>
public sealed class AreaPlaces(LayerCatalog catalog, SpineTree spine, LayerStatistics statistics)
{
    /// <summary>The box of the districts; without districts that of the first layer that has features; null for an empty city.</summary>
    public async Task<MapBounds?> City(CancellationToken cancel)
    {
        if (await spine.City(cancel) is { } city)
            return Around(city);
        foreach (var layer in catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None))
            if (await statistics.Extent(layer, cancel) is { } extent)
                return new(extent.West, extent.South, extent.East, extent.North);
        return null;
    }

    /// <summary>The box of an area; null also where none is asked for.</summary>
    public async Task<MapBounds?> Bounds(string? code, CancellationToken cancel) => (await Find(code, cancel))?.Box is { } box ? Around(box) : null;

    /// <summary>URL of an area's outline.</summary>
    public async Task<string?> Url(string? code, CancellationToken cancel) => await Find(code, cancel) is { } area ? $"/api/layers/{area.LayerId}/features/{area.Fid}" : null;

    async Task<SpineNode?> Find(string? code, CancellationToken cancel)
        => code is not null && (await spine.PathTo(code, cancel)).LastOrDefault() is { } area && area.Code == code ? area : null;

    static MapBounds Around(Envelope box) => new(box.MinX, box.MinY, box.MaxX, box.MaxY);
}
