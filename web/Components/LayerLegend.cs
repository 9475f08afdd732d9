using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Collections;

namespace CityOps.Gis.Web.Components;

/// <summary>What the colours of a layer stand for, and what its aggregated cells are counted by, in the language of the page.</summary>
public static class LayerLegend
{
    /// <summary>Majors (大类), then statuses, of a layer that is coloured by them: all, so that their counts add up. One that is not named has the layer's own colour.</summary>
    public static IReadOnlyList<(LayerPart Part, string Color)> Of(LayerDefinition layer, LayerCatalog catalog)
        => [.. Colored(layer, layer.Style.ColorByMajor, LayerParts.Majors(layer, catalog)), .. Colored(layer, layer.Style.ColorByStatus, LayerParts.Statuses(layer, catalog))];

    /// <summary>Is there anything to explain? A part without a colour of its own, as of another city's code list, is named once it counts something.</summary>
    public static bool Explains(LayerDefinition layer, LayerPart part, IReadOnlyDictionary<LayerPart, MatchCount>? counts)
        => (part.IsStatus ? layer.Style.ColorByStatus : layer.Style.ColorByMajor).ContainsKey(part.Key) || counts?.TryGetValue(part, out var count) == true && count.Number > 0;

    /// <summary>The colours of what the cells are counted by.</summary>
    public static IReadOnlyList<MapLegendEntry> OfCells(LayerDefinition layer, LayerCatalog catalog)
        => [.. Of(layer, catalog).Where(one => one.Part.IsStatus ? layer.Zooms.CountBy == CountBy.Status : layer.Zooms.CountBy == CountBy.Major)
            .Select(one => new MapLegendEntry(one.Part.Key, one.Color, one.Part.Name))];

    /// <summary>Names of all that the cells may be counted by, by key.</summary>
    public static IReadOnlyDictionary<string, string> CountNames(LayerDefinition layer, LayerCatalog catalog)
        => (layer.Zooms.CountBy switch
        {
            CountBy.Major => LayerParts.Majors(layer, catalog),
            CountBy.Status => LayerParts.Statuses(layer, catalog),
            _ => [],
        }).ToDictionary(part => part.Key, part => part.Name);

    static IEnumerable<(LayerPart, string)> Colored(LayerDefinition layer, IReadOnlyDictionary<string, string> colors, IReadOnlyList<LayerPart> parts)
        => colors.Count == 0 ? [] : parts.Select(part => (part, colors.GetValueOrDefault(part.Key, layer.Style.Color)));
}
