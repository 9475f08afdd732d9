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

    readonly CancellationTokenSource _closing = new();
    readonly List<(LayerDefinition Layer, SurroundingFeatures Found)> _near = [], _referring = [];
    (string LayerId, long Fid, DateTimeOffset ValidFrom) _shown;
    int _meters = Reaches[0];
    int _asked;
    bool _isBusy;

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    [Parameter]
    public EventCallback<FeatureId> OnGo { get; set; }

    IStringLocalizer<FeatureText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Layer.Id, Feature.Fid, Feature.ValidFrom))
            return;
        _shown = (Layer.Id, Feature.Fid, Feature.ValidFrom);
        await FindReferring();
        await FindNear();
    }

    Task Choose(int meters)
    {
        _meters = meters;
        return FindNear();
    }

    async Task FindReferring()
    {
        _referring.Clear();
        if (Feature.Values.GetValueOrDefault(Layer.Key) is not string key)
            return;
        foreach (var layer in catalog.Layers)
            foreach (var field in layer.StoredFields.Where(field => field.References == Layer.Id))
                if (await surroundings.Referring(layer, field, key, MostRows, _closing.Token) is { Count: > 0 } found)
                    _referring.Add((layer, found));
    }

    // A later question takes the place of one that is still being answered.
    async Task FindNear()
    {
        var mine = ++_asked;
        _isBusy = true;
        _near.Clear();
        foreach (var layer in catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && MapQuestion.Concerns(layer)))
        {
            var found = await Find(layer, FirstRows);
            if (mine != _asked)
                return;
            if (found.Count > 0)
                _near.Add((layer, found));
            StateHasChanged();
        }
        _isBusy = false;
    }

    async Task ShowMore(LayerDefinition layer)
    {
        var mine = _asked;
        var found = await Find(layer, MostRows);
        if (mine == _asked && _near.FindIndex(one => one.Layer == layer) is >= 0 and var at)
            _near[at] = (layer, found);
    }

    Task<SurroundingFeatures> Find(LayerDefinition layer, int most)
    {
        var place = VersionDifference.Middle(Feature.Geometry!);
        return surroundings.Near(layer, new(layer.Id) { Near = new(place.X, place.Y, _meters) }, layer == Layer ? Feature.Fid : null, most, _closing.Token);
    }

    static string Whole(long count) => count.ToString("#,0", CultureInfo.CurrentCulture);
}
