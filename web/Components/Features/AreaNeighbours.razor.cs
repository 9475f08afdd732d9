using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Surroundings;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>The areas of the same level that touch an area, and in which direction they lie.</summary>
public sealed partial class AreaNeighbours(IStringLocalizer<FeatureText> texts, AreaSurroundings surroundings) : IDisposable
{
    static readonly string[] Directions = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
    readonly Answering _answering = new();
    IReadOnlyList<TouchingArea>? _areas;
    (string LayerId, long Fid) _shown;

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    IStringLocalizer<FeatureText> Text => texts;

    public void Dispose() => _answering.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var asked = (Layer.Id, Feature.Fid);
        if (_shown == asked)
            return;
        (_shown, _areas) = (asked, null);
        await Find();
    }

    Task Find() => _answering.Ask(async cancel =>
    {
        var areas = await surroundings.Touching(Layer.Id, Feature.Fid, cancel);
        cancel.ThrowIfCancellationRequested();
        _areas = areas;
    });

    static string Direction(double bearing) => Directions[(int)Math.Round(bearing / 45) % Directions.Length];
}
