using System.Globalization;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.PostGis.Surroundings;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>
/// What refers to a feature by its key, then what lies within so many metres of it, layer by layer, the nearest first. The circle is that of
/// <see cref="FeatureQuery.Near"/>, so the map and every other answer to the same question agree.
/// </summary>
public sealed partial class NearList(IStringLocalizer<FeatureText> texts, LayerCatalog catalog, FeatureSurroundings surroundings) : IDisposable
{
    static readonly int[] Reaches = [50, 100, 200];

    /// <summary>Rows of a layer at first, and after "more".</summary>
    const int FirstRows = 5, MostRows = 200;

    readonly Answering _answering = new();
    readonly List<(LayerDefinition Layer, SurroundingFeatures Found)> _near = [], _referring = [];
    (string LayerId, long Fid, DateTimeOffset ValidFrom) _shown;
    int _meters;
    int _asked;

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    /// <summary>How far is near; null, or a distance that is not offered, = the first one.</summary>
    [Parameter]
    public int? Meters { get; set; }

    [Parameter]
    public EventCallback<int?> MetersChanged { get; set; }

    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    IStringLocalizer<FeatureText> Text => texts;

    public void Dispose() => _answering.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var (meters, isSame) = (Meters is { } asked && Reaches.Contains(asked) ? asked : Reaches[0], _shown == (Layer.Id, Feature.Fid, Feature.ValidFrom));
        if (isSame && meters == _meters)
            return;
        (_shown, _meters) = ((Layer.Id, Feature.Fid, Feature.ValidFrom), meters);
        _near.Clear();
        await (isSame ? Ask(FindNear) : FindAll());
    }

    Task FindAll() => Ask(FindReferring, FindNear);

    // The address keeps it, and brings it back as the parameter.
    Task Choose(int meters) => MetersChanged.InvokeAsync(meters == Reaches[0] ? null : meters);

    async Task FindReferring(CancellationToken cancel)
    {
        _referring.Clear();
        if (Feature.Values.GetValueOrDefault(Layer.Key) is not string key)
            return;
        var referring = from layer in catalog.Layers from field in layer.StoredFields where field.References == Layer.Id select (layer, field);
        foreach (var (layer, field) in referring)
        {
            var found = await surroundings.Referring(layer, field, key, MostRows, cancel);
            cancel.ThrowIfCancellationRequested();
            if (found.Count > 0)
                _referring.Add((layer, found));
        }
    }

    async Task FindNear(CancellationToken cancel)
    {
        _near.Clear();
        foreach (var layer in catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && MapQuestion.Concerns(layer)))
        {
            var found = await Find(layer, FirstRows, cancel);
            cancel.ThrowIfCancellationRequested();
            if (found.Count > 0)
                _near.Add((layer, found));
            StateHasChanged();
        }
    }

    Task Ask(params Func<CancellationToken, Task>[] finds)
    {
        _asked++;
        return _answering.Ask(async cancel =>
        {
            foreach (var find in finds)
                await find(cancel);
        });
    }

    async Task ShowMore(LayerDefinition layer)
    {
        var asked = _asked;
        var found = await Find(layer, MostRows, CancellationToken.None);
        if (asked == _asked && _near.FindIndex(one => one.Layer == layer) is >= 0 and var at)
            _near[at] = (layer, found);
    }

    Task<SurroundingFeatures> Find(LayerDefinition layer, int most, CancellationToken cancel)
    {
        var place = VersionDifference.Middle(Feature.Geometry!);
        return surroundings.Near(layer, new(layer.Id) { Near = new(place.X, place.Y, _meters) }, layer == Layer ? Feature.Fid : null, most, cancel);
    }

    static string Whole(long count) => count.ToString("#,0", CultureInfo.CurrentCulture);
}
