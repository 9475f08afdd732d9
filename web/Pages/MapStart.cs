using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;

namespace CityOps.Gis.Web.Pages;

/// <summary>What the map draws when an address is opened: the same for the frame that comes with the document and for the page's circuit, which takes the frame's map over.</summary>
/// <param name="Layers">All that can be drawn.</param>
/// <param name="Drawn"><paramref name="Layers"/> as the map draws them.</param>
/// <param name="Land">The ground: the city's own outline, which stays when the list hides the boundaries.</param>
/// <param name="Queries">By layer id: the query of its tiles.</param>
/// <param name="FocusUrl">URL of the area that is asked for.</param>
/// <param name="Viewport">Null where the map shows <paramref name="Bounds"/>.</param>
sealed record MapStart(
    IReadOnlyList<LayerDefinition> Layers, IReadOnlyList<MapLayer> Drawn, MapLayer? Land, IReadOnlySet<string> Visible, IReadOnlyDictionary<string, string> Queries, string? FocusUrl,
    SelectedFeature? Selected, MapViewport? Viewport, MapBounds? Bounds, MapProjection? Projected);
