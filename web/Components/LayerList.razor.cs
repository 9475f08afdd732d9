using CityOps.Gis.Layers;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>The layers by group, each with a check box, its colour and how many features it has; a legend under those that colour by class or status.</summary>
public sealed partial class LayerList(IStringLocalizer<UiText> texts, LayerCatalog catalog)
{
    static readonly string[] GroupOrder = ["components", "cases", "sensing", "assessment", "other", "spine", "base"];

    [Parameter, EditorRequired]
    public required IReadOnlyList<LayerDefinition> Layers { get; set; }

    /// <summary>Features by layer id.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, long> Counts { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlySet<string> Visible { get; set; }

    /// <summary>Zoom of the map (256-pixel tiles); null while it is not known.</summary>
    [Parameter]
    public double? Zoom { get; set; }

    [Parameter]
    public EventCallback<IReadOnlySet<string>> VisibleChanged { get; set; }

    IStringLocalizer<UiText> Text => texts;

    IEnumerable<IGrouping<string, LayerDefinition>> Groups
        => Layers.OrderBy(layer => layer.Style.Order).GroupBy(layer => layer.Group).OrderBy(group => Array.IndexOf(GroupOrder, group.Key) is >= 0 and var at ? at : 4);

    // A group of a layer that somebody added has no text of ours; its id is its heading.
    string GroupTitle(string group) => Text["group." + group] is { ResourceNotFound: false } title ? title : group;

    // The map draws tiles of 512 pixels, which are one zoom less than Leaflet's.
    bool IsTooFar(LayerDefinition layer) => Visible.Contains(layer.Id) && Counts.GetValueOrDefault(layer.Id) > 0 && Zoom - 1 < layer.Zooms.Min;

    Task Toggle(LayerDefinition layer, bool isShown)
    {
        IEnumerable<string> visible = isShown ? [.. Visible, layer.Id] : Visible.Where(id => id != layer.Id);
        return VisibleChanged.InvokeAsync(visible.ToHashSet());
    }

    List<(string Color, string Name)> LegendOf(LayerDefinition layer)
    {
        var language = UiLanguage.Current;
        var majors = layer.Class is { } byClass && catalog.Lists.Find(byClass.CodeList) is { } classes
            ? layer.Style.ColorByMajor.Select(one => (one.Value, classes.Entries.FirstOrDefault(entry => entry.Major == one.Key && byClass.Kinds.Contains(entry.Kind))?.MajorName?.In(language) ?? one.Key))
            : [];
        var statuses = layer.Find("status")?.CodeList is { } list && catalog.Lists.Find(list) is { } states
            ? layer.Style.ColorByStatus.Select(one => (one.Value, states.Find("", "", one.Key)?.Name.In(language) ?? one.Key))
            : [];
        return [.. majors, .. statuses];
    }
}
