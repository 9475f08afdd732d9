using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>What is selected by a box, polygon or circle: how much of each layer that is drawn, and what can be done with it.</summary>
public sealed partial class SelectionBar(IStringLocalizer<MapText> texts)
{
    [Parameter, EditorRequired]
    public required DrawnShape Shape { get; set; }

    /// <summary>Layers that are drawn and asked.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<LayerDefinition> Layers { get; set; }

    /// <summary>By layer id; null while it is counted.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, MatchCount>? Answers { get; set; }

    /// <summary>The numbers are those of the question before, and are counted anew.</summary>
    [Parameter]
    public bool ArePending { get; set; }

    [Parameter]
    public EventCallback OnShow { get; set; }

    [Parameter]
    public EventCallback OnExport { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    IStringLocalizer<MapText> Text => texts;

    List<(LayerDefinition Layer, MatchCount Count)> Found
        => [.. Layers.Select(layer => (layer, Answers!.GetValueOrDefault(layer.Id))).Where(one => one.Item2.Number > 0)];

    string Title => Shape.Tool == MapTool.Circle ? Text["shape.circle", Length(Shape.Meters ?? 0)] : Text["shape." + Shape.Tool.ToString().ToLowerInvariant()];

    static string Length(double meters) => meters < 1000 ? meters.ToString("#,0", CultureInfo.CurrentCulture) + " m" : (meters / 1000).ToString("#,0.00", CultureInfo.CurrentCulture) + " km";
}
