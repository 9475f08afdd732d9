using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Pages;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>The legend of a picture: the layers that are drawn, the uppermost first, with the counts that the layer list shows.</summary>
public static class PictureLegend
{
    /// <param name="counts">Features by layer id.</param>
    /// <param name="answers">What answers the question, by layer id; null = everything.</param>
    /// <param name="legends">Counts of the colours, by layer id.</param>
    /// <param name="filters">Colours that are not asked for are left out.</param>
    public static IReadOnlyList<MapPictureLayer> Of(
        IEnumerable<LayerDefinition> visible, LayerCatalog catalog, IReadOnlyDictionary<string, long> counts, IReadOnlyDictionary<string, MatchCount>? answers,
        IReadOnlyDictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>> legends, LayerFilters filters)
        => [.. visible.Where(layer => counts.GetValueOrDefault(layer.Id) > 0).OrderByDescending(layer => layer.Style.Order).Select(layer => new MapPictureLayer(
            layer.Title.In(UiLanguage.Current), layer.Geometry.ToString().ToLowerInvariant(), layer.Style.Color,
            MapQuestion.Concerns(layer) ? Written(answers?.TryGetValue(layer.Id, out var answer) == true ? answer : new(counts[layer.Id], true)) : null,
            [.. LayerLegend.Of(layer, catalog).Where(one => LayerLegend.Explains(layer, one.Part, legends.GetValueOrDefault(layer.Id)) && filters.Of(layer.Id) is var filter && (filter.Has(one.Part) || filter.HasSome(one.Part)))
                .Select(one => new MapPictureEntry(one.Color, one.Part.Name, legends.GetValueOrDefault(layer.Id)?.TryGetValue(one.Part, out var count) == true ? Written(count) : null))]))];

    static string Written(MatchCount count) => (count.IsExact ? "" : "≈ ") + count.Number.ToString("#,0", CultureInfo.CurrentCulture);
}
