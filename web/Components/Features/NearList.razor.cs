using System.Globalization;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.PostGis.Surroundings;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

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
    CancellationTokenSource? _asking;
    string? _halt;
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
        _near.Clear();
        await FindAll();
    }

    Task FindAll() => Ask(FindReferring, FindNear);

    Task Choose(int meters)
    {
        _meters = meters;
        return Ask(FindNear);
    }

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

    // A later question takes the place of one that is still being answered; one that is stopped or cut off says so.
    async Task Ask(params Func<CancellationToken, Task>[] finds)
    {
        _asking?.Cancel();
        var asking = _asking = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        (_isBusy, _halt) = (true, null);
        try
        {
            foreach (var find in finds)
                await find(asking.Token);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            _halt = asking == _asking ? "NotAnswered" : _halt;
        }
        catch (OperationCanceledException) when (asking == _asking)
        {
            _halt = "Stopped";
        }
        catch (OperationCanceledException)
        {
            return;
        }
        _isBusy &= asking != _asking;
    }

    void Stop() => _asking?.Cancel();

    async Task ShowMore(LayerDefinition layer)
    {
        var asking = _asking;
        var found = await Find(layer, MostRows, _closing.Token);
        if (asking == _asking && _near.FindIndex(one => one.Layer == layer) is >= 0 and var at)
            _near[at] = (layer, found);
    }

    Task<SurroundingFeatures> Find(LayerDefinition layer, int most, CancellationToken cancel)
    {
        var place = VersionDifference.Middle(Feature.Geometry!);
        return surroundings.Near(layer, new(layer.Id) { Near = new(place.X, place.Y, _meters) }, layer == Layer ? Feature.Fid : null, most, cancel);
    }

    static string Whole(long count) => count.ToString("#,0", CultureInfo.CurrentCulture);
}
