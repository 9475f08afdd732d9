using CityOps.Gis.Leaflet;
using Microsoft.AspNetCore.Components.Web;

namespace CityOps.Gis.Web.Pages;

/// <summary>What people point at: one feature by a click, a row or a link, or many by a shape.</summary>
public sealed partial class MapPage
{
    // What is shown stays until the other is there.
    async Task Select(FeatureId? id)
    {
        Take(id, id is null ? null : await selectable.Find(id, _closing.Token));
    }

    void Take(FeatureId? id, SelectedFeature? found)
    {
        if (_selected?.Id != id)
            (_overlays, _handle, _handleMoved, _corners) = ([], null, null, null);
        _selected = found;
        _gone = id is null || found is not null ? null : Text["FeatureGone", catalog.Find(id.LayerId)?.Title.In(UiLanguage.Current) ?? id.LayerId, id.Fid].Value;
    }

    async Task<bool> MayLeave() => _selected is null || _panel is null || await _panel.MayLeave();

    // Unsaved changes are asked about first.
    async Task<bool> Leave(FeatureId? id)
    {
        if (!await MayLeave())
            return false;
        await Try(() => Select(id));
        Write(_address with { Feature = id }, isStep: true);
        return true;
    }

    void ChooseTab(string? tab) => Write(_address with { Tab = tab }, isStep: false);

    async Task Clicked(MapClick click)
    {
        _choice = null;
        if (await Leave(new(click.LayerId, click.Fid)) && _map is not null)
            await _map.Reveal(click.Longitude, click.Latitude, PanelPixels);
    }

    void Choose(FeaturesClick click) => _choice = click;

    Task Choose(FoundFeature feature) => Clicked(new(feature.LayerId, feature.Fid, _choice!.Longitude, _choice.Latitude, default));

    Task ClickedNothing()
    {
        _choice = null;
        return Deselect();
    }

    /// <summary>Selects a feature and brings it into view.</summary>
    async Task Go(FeatureId id)
    {
        if (!await Leave(id))
            return;
        if (MapStarts.Near(_selected, _address.At?.Zoom) is { } near)
            _viewport = near;
        else if (_map is not null && _selected?.Bounds is { } bounds)
            await _map.Fit(bounds);
    }

    // The map marks the row's place by itself.
    Task ChooseRow(FeatureId id) => Leave(id);

    Task Deselect() => _address.Feature is null ? Task.CompletedTask : Leave(null);

    async Task Edited()
    {
        _edits++;
        await Try(() => Select(_address.Feature));
        _ = CountAgain();
    }

    void Use(MapTool tool)
    {
        (_tool, _choice) = (tool, null);
        Say(null);
    }

    // A selection is made once; measuring goes on until it is put away.
    async Task Drawn(DrawnShape shape)
    {
        if (shape.Tool is MapTool.Distance or MapTool.Area)
            return;
        _tool = MapTool.None;
        Say(SelectedShape.FaultOf(shape) is { } fault ? toolTexts[fault].Value : null);
        if (_notice is null)
            await Ask(_address.Question with { Shape = shape });
    }

    async Task Fit(DrawnShape shape)
    {
        if (_map is not null)
            await _map.Fit(SelectedShape.BoundsOf(shape));
    }

    // What was opened last goes first.
    Task CloseOnEscape(KeyboardEventArgs key)
    {
        if (key.Key != "Escape")
            return Task.CompletedTask;
        if (_choice is null && _tool == MapTool.None)
            return Deselect();
        Use(MapTool.None);
        return Task.CompletedTask;
    }
}
