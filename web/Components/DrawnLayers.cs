using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;

namespace CityOps.Gis.Web.Components;

/// <summary>Layers as maps draw them, in the language of the page.</summary>
public static class DrawnLayers
{
    /// <param name="density">Features per km² over the city; null where it is not known.</param>
    public static MapLayer Of(LayerDefinition layer, LayerCatalog catalog, double? density = null)
        => new(layer.Id, layer.Title.In(UiLanguage.Current), $"/tiles/{layer.Id}/{{z}}/{{x}}/{{y}}.mvt", layer.Geometry, layer.Style, layer.Zooms)
        {
            LabelsUrl = !LayerLabels.Serves(layer) ? null : LayerLabels.ServesWhole(layer) ? $"/api/layers/{layer.Id}/labels" : $"/api/layers/{layer.Id}/labels?box={{box}}",
            NameField = layer.Name,
            Legend = LayerLegend.OfCells(layer, catalog),
            CountNames = LayerLegend.CountNames(layer, catalog),
            Density = density,
            IsBase = layer.Group == "base",
        };
}
