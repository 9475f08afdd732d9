using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>Where a feature belongs, who answers for it and its fields in the order of the layer's form, those without a value left out. Areas and keys of other features lead there.</summary>
public sealed partial class FeatureFacts(IStringLocalizer<FeatureText> texts, FieldText values, LayerCatalog catalog, SpineTree spine, FeatureStore features) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    string? _missing;

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    [Parameter, EditorRequired]
    public required JurisdictionNames.Names Names { get; set; }

    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    IStringLocalizer<FeatureText> Text => texts;

    /// <summary>Code of the area that this is itself.</summary>
    string? Own => LayerTable.IsSpine(Layer) ? Feature.Values.GetValueOrDefault(Layer.Key) as string : null;

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
           let value = values.Of(Layer, one, Feature)
           where value is not null
           select (one, value);

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override void OnParametersSet() => _missing = null;

    IEnumerable<string> KeysIn(LayerField field) => Feature.Values.GetValueOrDefault(field.Name) switch { string key => [key], string[] keys => keys, _ => [] };

    async Task GoToArea(string code)
    {
        if ((await spine.PathTo(code, _closing.Token)).LastOrDefault() is { } area && area.Code == code)
            await OnGo.InvokeAsync(new(area.LayerId, area.Fid));
        else
            _missing = Text["AreaUnknown", code];
    }

    async Task GoToKey(string layerId, string key)
    {
        if (catalog.Find(layerId) is { } other && await features.FindByKey(other, key, _closing.Token) is { } fid)
            await OnGo.InvokeAsync(new(layerId, fid));
        else
            _missing = Text["KeyUnknown", catalog.Find(layerId)?.Title.In(UiLanguage.Current) ?? layerId, key];
    }
}
