using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Components;

namespace CityOps.Gis.Web.Cases;

/// <summary>What maps of cases draw: the spine and the base map below, cases coloured by urgency above.</summary>
static class CaseMaps
{
    const string PlainColor = "#2563a8";

    static readonly Dictionary<string, string> s_colors = new() { ["in-time"] = "#2e8b57", ["warning"] = "#c77700", ["overdue"] = "#b3261e" };

    /// <summary>Layers of the spine and the base map, those of them that are drawn at first, and the land.</summary>
    public static (IReadOnlyList<MapLayer> Drawn, IReadOnlySet<string> Visible, MapLayer? Land) Ground(LayerCatalog catalog)
    {
        var layers = catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && layer.Group is "spine" or "base").ToList();
        IReadOnlyList<MapLayer> drawn = [.. layers.Select(layer => DrawnLayers.Of(layer, catalog))];
        return (drawn, layers.Where(layer => layer.Style.VisibleAtStart).Select(layer => layer.Id).ToHashSet(), drawn.FirstOrDefault(layer => layer.Id == "districts"));
    }

    /// <param name="dataUrl">Of GeoJSON whose features have the properties <c>urgency</c> and <c>title</c>.</param>
    /// <param name="version">Counted up when the data behind the address has changed.</param>
    public static MapOverlay ByUrgency(string id, string dataUrl, int version) => new(id, dataUrl, PlainColor) { ColorProperty = "urgency", Colors = s_colors, LabelProperty = "title", Version = version };
}
