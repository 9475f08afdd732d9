using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Api.Search;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>The search box of the pages: answers as one types, by layer; the arrows and Enter choose, and the map goes there.</summary>
public sealed partial class SearchField(IStringLocalizer<UiText> texts, SearchBox box, NavigationManager navigation) : IDisposable
{
    /// <summary>Milliseconds without a key after which the question is asked.</summary>
    const int Pause = 200;
    const int MostAnswers = 12;
    const double PlaceZoom = 18, LeastZoom = 3;

    /// <summary>What is answered sooner needs no sign that it is searched for.</summary>
    static readonly TimeSpan BusyAfter = TimeSpan.FromMilliseconds(400);

    readonly CancellationTokenSource _closing = new();
    readonly Answering _searching = new();
    IReadOnlyList<FoundThing> _answers = [];
    string _text = "";
    bool _isOpen, _swallows;
    int _at = -1, _asked;

    IStringLocalizer<UiText> Text => texts;

    public void Dispose()
    {
        _searching.Dispose();
        _closing.Cancel();
        _closing.Dispose();
    }

    async Task Typed(ChangeEventArgs change)
    {
        _text = change.Value?.ToString() ?? "";
        var mine = ++_asked;
        if (string.IsNullOrWhiteSpace(_text))
        {
            Close();
            return;
        }
        await Task.Delay(Pause, _closing.Token);
        if (mine == _asked)
            await Find();
    }

    async Task Find()
    {
        var mine = _asked;
        _ = ShowBusy(mine);
        IReadOnlyList<FoundThing> found = [];
        await _searching.Ask(async cancel => found = await box.Find(new(_text, MostAnswers), cancel: cancel));
        // Answers to an older text may come after those to a newer one.
        if (mine != _asked)
            return;
        // What belongs to one layer stands together, in the order of each layer's best answer.
        _answers = [.. found.GroupBy(one => one.Layer).SelectMany(layer => layer)];
        (_isOpen, _at) = (true, -1);
    }

    async Task ShowBusy(int mine)
    {
        await Task.Delay(BusyAfter);
        if (mine != _asked || !_searching.IsBusy)
            return;
        (_isOpen, _answers, _at) = (true, [], -1);
        StateHasChanged();
    }

    void Key(KeyboardEventArgs key)
    {
        _swallows = _isOpen && key.Key is ("ArrowDown" or "ArrowUp");
        switch (key.Key)
        {
            case "ArrowDown" when _isOpen && _answers.Count > 0:
                _at = (_at + 1) % _answers.Count;
                break;
            case "ArrowUp" when _isOpen && _answers.Count > 0:
                _at = _at <= 0 ? _answers.Count - 1 : _at - 1;
                break;
            case "Enter" when _isOpen && _answers.Count > 0:
                Choose(_answers[Math.Max(0, _at)]);
                break;
            case "Escape":
                Close();
                break;
        }
    }

    // The page's state is its address: going there selects the feature and moves the map.
    void Choose(FoundThing one)
    {
        _text = one.Title;
        Close();
        var now = MapAddress.Parse(navigation.Uri);
        var there = now with { At = Viewport(one) ?? now.At, Feature = one is { Layer: { } layer, Fid: { } fid } ? new FeatureId(layer, fid) : null };
        navigation.NavigateTo(there.ToString());
    }

    void Close()
    {
        _asked++;
        _searching.Stop();
        (_isOpen, _at, _answers, _swallows) = (false, -1, [], false);
    }

    // A point from near; an area as a whole, in a window of about 700 pixels.
    static MapViewport? Viewport(FoundThing one)
    {
        if (one is { Box: [var west, var south, var east, var north] } && Math.Max(east - west, north - south) is > 0 and var size)
            return new(Math.Clamp(Math.Floor(Math.Log2(360 * 700 / 256.0 / size)), LeastZoom, PlaceZoom), (south + north) / 2, (west + east) / 2);
        return one.Point is [var longitude, var latitude] ? new(PlaceZoom, latitude, longitude) : null;
    }
}
