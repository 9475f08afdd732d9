using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.Features;
using CityOps.Gis.Grids;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.History;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Npgsql;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>
/// Changes a feature: its fields by the layer's form, a point's place by dragging the handle on the map or by its coordinates, a line or polygon corner by corner on the
/// map. Nothing is written before it is saved; who was faster is told, and nothing of what was typed is lost by it.
/// </summary>
public sealed partial class FeatureForm(IStringLocalizer<FeatureText> texts, IStringLocalizer<UiText> pageTexts, FieldText values, FeatureHistory history) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    readonly Dictionary<string, FieldInput> _inputs = [];
    string? _focus;
    FeatureDraft? _draft, _newer;
    UnsavedChanges? _unsaved;
    Point? _start;
    MapPlace? _place;
    IReadOnlyList<OgcRefusal.FeatureFault> _faults = [];
    string? _fault;
    string? _conflict;
    bool _isSaving;
    bool _isGone;

    [Parameter, EditorRequired]
    public required LayerDefinition Layer { get; set; }

    [Parameter, EditorRequired]
    public required Feature Feature { get; set; }

    /// <summary>Where the handle was dragged to.</summary>
    [Parameter]
    public MapPlace? Place { get; set; }

    [Parameter]
    public EventCallback<MapPlace?> PlaceChanged { get; set; }

    /// <summary>Puts the corners of a line or polygon on the map, or takes them away.</summary>
    [Parameter]
    public EventCallback<MapCorners?> CornersChanged { get; set; }

    /// <summary>Saved, with warnings for people.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnSaved { get; set; }

    [Parameter]
    public EventCallback OnCancelled { get; set; }

    [Inject]
    FeatureSaver Saver { get; set; } = null!;

    IStringLocalizer<FeatureText> Text => texts;
    bool IsChanged => _draft is { IsChanged: true };
    bool HasCorners => CornerRuns.Of(_draft?.Geometry) is not null;
    bool IsCrossed => _draft is { IsMoved: true, Geometry: { IsValid: false } };
    string Moved => _start is { } from && _draft?.Geometry is Point to ? Distance(Geodesic.Meters(from.X, from.Y, to.X, to.Y)) : "";

    /// <summary>May the form go away? Where there are unsaved changes the person is asked.</summary>
    public Task<bool> MayLeave() => _unsaved?.MayLeave() ?? Task.FromResult(true);

    /// <summary>A step that was made with a corner on the map, where it shows already.</summary>
    public async Task Change(CornerChange change)
    {
        // What cannot be is taken off the map again.
        if (_draft is not null && !_draft.Change(change))
            await PutCorners();
        StateHasChanged();
    }

    /// <summary>Takes the last step with a corner back.</summary>
    public async Task Undo()
    {
        if (_draft is not { HasSteps: true })
            return;
        _draft.Undo();
        await PutCorners();
        StateHasChanged();
    }

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        // A handle of an earlier form says nothing to this one.
        _place = Place;
        await Take(await Saver.Begin(Layer, Feature.Fid, _closing.Token));
    }

    protected override void OnParametersSet()
    {
        if (Place is not { } place || place == _place || _draft?.Geometry is not Point)
            return;
        _place = place;
        _draft.MoveTo(place.Longitude, place.Latitude);
    }

    // The first field that was refused comes into view.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is not { } field || !_inputs.TryGetValue(field, out var input))
            return;
        _focus = null;
        await input.Focus();
    }

    async Task Take(FeatureDraft? draft)
    {
        (_draft, _isGone, _newer, _faults, _fault) = (draft, draft is null, null, [], null);
        _start ??= draft?.Geometry as Point;
        if (draft?.Geometry is Point point)
            await PutHandle(point);
        else
            await PutCorners();
    }

    Task PutCorners() => CornersChanged.InvokeAsync(CornerRuns.Of(_draft?.Geometry));

    Task PutHandle(Point point) => PlaceChanged.InvokeAsync(_place = new(point.X, point.Y));

    void Write(LayerField field, string? text)
    {
        _draft![field.Name] = text;
        _faults = [.. _faults.Where(fault => fault.Field != field.Name)];
    }

    async Task Type(ChangeEventArgs change, bool isLongitude)
    {
        var most = isLongitude ? 180 : 85;
        if (_draft?.Geometry is not Point now)
            return;
        if (!double.TryParse(change.Value as string, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) || Math.Abs(degrees) > most)
        {
            _fault = Text["NotDegrees", change.Value ?? ""];
            return;
        }
        _fault = null;
        _draft.MoveTo(isLongitude ? degrees : now.X, isLongitude ? now.Y : degrees);
        await PutHandle((Point)_draft.Geometry);
    }

    Task PutCornersBack()
    {
        _draft!.PutBack();
        return PutCorners();
    }

    Task PutBack()
    {
        _draft!.MoveTo(_start!.X, _start.Y);
        return PutHandle(_start);
    }

    async Task Save()
    {
        if (_draft is not { IsChanged: true } draft || _isSaving)
            return;
        (_isSaving, _faults, _fault) = (true, [], null);
        StateHasChanged();
        try
        {
            await Finish(await Saver.Save(Layer, Feature.Fid, draft, _closing.Token));
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            // What was typed is still there, and can be saved once the database answers again.
            _fault = Text["NotSaved"];
        }
        finally
        {
            _isSaving = false;
        }
    }

    async Task Finish(SaveOutcome outcome)
    {
        switch (outcome.Result)
        {
            case SaveResult.Saved:
                _draft = null;
                await OnSaved.InvokeAsync([.. outcome.Faults.Select(fault => $"{TitleOf(fault)}{fault.Text.In(UiLanguage.Current)}")]);
                break;
            case SaveResult.Refused:
                _faults = outcome.Faults;
                _focus = outcome.Faults.FirstOrDefault(IsOfField)?.Field;
                _fault = string.Join(' ', outcome.Faults.Where(fault => !IsOfField(fault)).Select(fault => fault.Text.In(UiLanguage.Current)).Append(_focus is null ? "" : Text["SeeFaults"].Value));
                break;
            case SaveResult.Conflict:
                _newer = outcome.Newer;
                _conflict = await Sentence(outcome.Newer!);
                break;
            default:
                (_draft, _isGone) = (null, true);
                break;
        }
    }

    bool IsOfField(OgcRefusal.FeatureFault fault) => fault.Field is { } name && Layer.Find(name) is { Stored: true };

    // Until there are accounts, who was faster is the import, or the form of somebody else.
    async Task<string> Sentence(FeatureDraft newer)
    {
        var last = (await history.Of(Layer, Feature.Fid, _closing.Token)).FirstOrDefault();
        var fields = UiLanguage.List(_draft!.ChangedIn(newer).Select(field => field.Title.In(UiLanguage.Current)).DefaultIfEmpty(Text["Position"]));
        return last is null ? Text["ConflictPlain"] : Text["Conflict", values.Time(last.At), (last.BatchId is { } batch ? Text["Batch", batch] : Text["ByHand"]) + (last.Who is { } who ? $" · {who}" : ""), fields];
    }

    Task Reload()
    {
        _start = null;
        return Take(_newer);
    }

    Task Rebase()
    {
        _start = _newer!.Geometry as Point;
        return Take(_draft!.Onto(_newer));
    }

    Task Cancel() => OnCancelled.InvokeAsync();

    // Moving the map writes the page's address too; that leaves nothing.
    bool IsThisFeature(Uri target) => target.AbsolutePath == "/" && MapAddress.Parse(target.ToString()).Feature == new FeatureId(Layer.Id, Feature.Fid);

    List<string> FaultsOf(LayerField field) => [.. _faults.Where(fault => fault.Field == field.Name).Select(fault => fault.Text.In(UiLanguage.Current))];

    string TitleOf(OgcRefusal.FeatureFault fault) => fault.Field is { } name && Layer.Find(name) is { } field ? Text["FieldSays", field.Title.In(UiLanguage.Current)] : "";

    static string Degrees(double degrees) => degrees.ToString("0.########", CultureInfo.InvariantCulture);

    // Of a line its length, of a polygon its area, on the ellipsoid.
    string SizeOf(Geometry geometry) => geometry.Dimension == Dimension.Surface
        ? texts["SquareMeters", EllipsoidArea.SquareMeters(geometry).ToString("#,0.0", CultureInfo.CurrentCulture)]
        : Distance(LinearComponentExtracter.GetLines(geometry).OfType<LineString>().Sum(line => line.Coordinates.Zip(line.Coordinates.Skip(1), (from, to) => Geodesic.Meters(from.X, from.Y, to.X, to.Y)).Sum()));

    string Distance(double meters) => texts["Meters", meters.ToString(meters < 10 ? "0.00" : "0.0", CultureInfo.CurrentCulture)];
}
