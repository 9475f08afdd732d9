using System.Globalization;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>What is known of a feature: its code, where it belongs, who answers for it and its fields, those without a value left out.</summary>
public sealed partial class FeaturePanel(IStringLocalizer<UiText> texts, FieldText values)
{
    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    [Parameter, EditorRequired]
    public required JurisdictionNames.Names Names { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    IStringLocalizer<UiText> Text => texts;
    FieldText Values => values;
    LayerField KeyField => Layer.Find(Layer.Key)!;

    string? Title => (Layer.Name is { } name ? Feature.Values.GetValueOrDefault(name) as string : null) is { Length: > 0 } own
        ? own
        : Values.ClassOf(Layer, Feature) ?? Convert.ToString(Feature.Values.GetValueOrDefault(Layer.Key), CultureInfo.InvariantCulture);

    List<(string Level, string? Name, string Code)> Chain
    {
        get
        {
            var place = Feature.Jurisdiction;
            (string, string?, string?)[] levels =
            [
                (Text["District"], Names.District, place.District == Jurisdiction.NoDistrict ? null : place.District),
                (Text["Subdistrict"], Names.Subdistrict, place.Subdistrict),
                (Text["Community"], Names.Community, place.Community),
                (Text["Grid"], Names.Grid, place.Grid),
            ];
            return [.. levels.Where(level => level.Item3 is not null).Select(level => (level.Item1, level.Item2, level.Item3!))];
        }
    }

    IEnumerable<(LayerField Field, string Value)> Fields
        => from one in Layer.StoredFields
           where one.Name != Layer.Key
           let value = Values.Of(Layer, one, Feature)
           where value is not null
           select (one, value);
}
