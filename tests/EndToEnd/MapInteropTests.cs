using System.Text.Json;
using Xunit;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>What the map component offers to pages, in a browser without one: the module is called as the component calls it, and what it tells is listened to.</summary>
public sealed class MapInteropTests(CoastMap city)
{
    const string Ring = "#e8590c";

    [Fact]
    public async Task An_overlay_is_drawn_in_the_colour_of_its_value_told_of_a_click_and_marked()
    {
        await using var tab = await Bare();
        await Overlay(tab, """{ id: 'faults', dataUrl: data([point('f1', 118.13, 24.43, { severity: 'error' })]), color: '#999999', colorProperty: 'severity', colors: { error: '#cc0000' }, version: 0 }""");
        await tab.BecomesAt(0, 0, "#cc0000");
        await tab.ClickMiddle();
        Assert.Equal("""["OverlayClicked","faults","f1"]""", await Told(tab, 3));
        await tab.Page.EvaluateAsync("() => view.markOverlay('faults', 'f1')");
        await tab.BecomesAt(15, 0, Ring);
        await tab.Page.EvaluateAsync("() => view.markOverlay('faults', null)");
        await Overlay(tab, """{ id: 'faults', dataUrl: data([point('f1', 118.13, 24.43, { severity: 'note' })]), color: '#999999', colorProperty: 'severity', colors: { error: '#cc0000' }, version: 1 }""");
        await tab.BecomesAt(0, 0, "#999999");
        await tab.Page.EvaluateAsync("() => view.overlay([])");
        await tab.LosesAt(0, 0, "#999999");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_moved_thing_is_an_arrow_from_where_it_was_to_where_it_is()
    {
        await using var tab = await Bare();
        await Overlay(tab, """{ id: 'moved', dataUrl: data([{ type: 'Feature', id: 7, properties: {}, geometry: { type: 'LineString', coordinates: [[118.1295, 24.43], [118.13, 24.43]] } }]), color: '#7700cc', arrows: true, version: 0 }""");
        await tab.BecomesAt(-40, 0, "#7700cc");
        // The head is wider than the line, just before the end.
        await tab.BecomesAt(-8, 3, "#7700cc");
        await tab.LosesAt(6, 0, "#7700cc");
    }

    [Fact]
    public async Task A_handle_is_dragged_and_moved_by_keys_and_tells_where_it_is()
    {
        await using var tab = await Bare();
        await tab.Page.EvaluateAsync("() => view.hold({ longitude: 118.13, latitude: 24.43 })");
        var (x, y) = await tab.Middle();
        await tab.Page.Mouse.MoveAsync(x, y - 20);
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(x + 100, y - 20, new() { Steps = 5 });
        await tab.Page.Mouse.UpAsync();
        var dragged = JsonSerializer.Deserialize<JsonElement[]>(await Told(tab, 3))!;
        Assert.Equal("HandleMoved", dragged[0].GetString());
        Assert.InRange(dragged[1].GetDouble(), 118.1301, 118.1304);
        await tab.Page.EvaluateAsync("() => told.length = 0");
        await tab.Page.Locator(".map-handle").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Shift+ArrowLeft");
        var stepped = JsonSerializer.Deserialize<JsonElement[]>(await Told(tab, 3))!;
        Assert.True(stepped[1].GetDouble() < dragged[1].GetDouble());
        await tab.Page.EvaluateAsync("() => view.hold(null)");
        Assert.Equal(0, await tab.Page.Locator(".map-handle").CountAsync());
    }

    [Fact]
    public async Task A_map_that_is_taken_away_while_its_size_changes_ends_without_a_fault()
    {
        await using var tab = await Bare();
        await tab.Page.EvaluateAsync("""
            async () => {
                const frame = () => new Promise(done => requestAnimationFrame(done));
                view.map.invalidateSize(view.map.getContainer().style.width = '50%');
                view.remove();
                await frame();
                await frame();
            }
            """);
        Assert.Equal(0, await tab.Page.Locator(".maplibregl-canvas").CountAsync());
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    // A map over the sea, made by the module alone on a page that has none.
    async Task<MapTab> Bare()
    {
        var tab = await city.Open("/?at=19/24.43/118.13&layers=");
        await tab.Drawn();
        // Pages fetch from their own origin alone.
        await tab.Page.RouteAsync("**/told-to-itself/*", route => route.FulfillAsync(new() { ContentType = "application/geo+json", Body = Uri.UnescapeDataString(route.Request.Url[(route.Request.Url.LastIndexOf('/') + 1)..]) }));
        await tab.Page.GotoAsync(city.Root + "/app.css");
        await tab.Page.EvaluateAsync("""
            async () => {
                document.body.innerHTML = '<div class="map-view" tabindex="0" style="position:fixed;inset:0"></div>';
                window.told = [];
                window.data = features => '/told-to-itself/' + encodeURIComponent(JSON.stringify({ type: 'FeatureCollection', features }));
                window.point = (id, longitude, latitude, properties) => ({ type: 'Feature', id, properties, geometry: { type: 'Point', coordinates: [longitude, latitude] } });
                const dotnet = { invokeMethodAsync: async (...call) => { if (call[0] !== 'ViewportChanged') told.push(call); } };
                const { create } = await import('/dist/map-view.js');
                window.view = await create(document.querySelector('.map-view'), dotnet, '/dist/map.js', {
                    layers: [], visible: [], texts: { language: 'en', map: '', zoomIn: '', zoomOut: '', attribution: '' }, viewport: { zoom: 19, latitude: 24.43, longitude: 118.13 } });
            }
            """);
        await tab.Drawn();
        return tab;
    }

    static Task Overlay(MapTab tab, string overlay) => tab.Page.EvaluateAsync($"() => view.overlay([{overlay}])");

    // The first words of the first call.
    static async Task<string> Told(MapTab tab, int words)
    {
        await tab.Page.WaitForFunctionAsync("() => told.length > 0");
        return await tab.Page.EvaluateAsync<string>("words => JSON.stringify(told[0].slice(0, words))", words);
    }
}
