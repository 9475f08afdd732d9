using Bunit;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Components.Table;
using CityOps.Gis.Web.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>A page is left while the browser still makes what a component asked it for.</summary>
public sealed class LeftWhileMadeTests
{
    [Fact]
    public async Task A_map_that_comes_after_its_page_was_left_is_removed()
    {
        await using var page = new PageContext();
        var browser = new SlowBrowser();
        page.Services.AddSingleton<IJSRuntime>(browser);
        page.SetRendererInfo(new("Server", isInteractive: true));
        page.Render<MapView>(set => set.Add(one => one.Layers, []).Add(one => one.Visible, new HashSet<string>()).Add(one => one.Texts, new MapTexts("en", "Map", "In", "Out", "")));
        await page.DisposeComponentsAsync();
        browser.Make();
        SpinWait.SpinUntil(() => browser.Calls.Count == 2, TimeSpan.FromSeconds(5));
        Assert.Equal(["create", "remove"], browser.Calls);
    }

    [Fact]
    public async Task A_table_that_comes_after_its_page_was_left_is_removed()
    {
        await using var page = new PageContext();
        var browser = new SlowBrowser();
        page.Services.AddSingleton<IJSRuntime>(browser);
        page.Render<FeatureTable>(set => set.Add(one => one.Layers, [PageContext.Layer("cameras")]).Add(one => one.Address, new TableAddress("cameras")).Add(one => one.Question, new MapQuestion()));
        await page.DisposeComponentsAsync();
        browser.Make();
        SpinWait.SpinUntil(() => browser.Calls.Count == 2, TimeSpan.FromSeconds(5));
        Assert.Equal(["create", "remove"], browser.Calls);
    }

    /// <summary>Loads scripts at once and makes things when it is told to; it is script and thing at the same time.</summary>
    sealed class SlowBrowser : IJSRuntime, IJSObjectReference
    {
        readonly TaskCompletionSource _made = new();

        public List<string> Calls { get; } = [];

        public void Make() => _made.SetResult();

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, default, args);

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            if (identifier == "import")
                return (TValue)(object)this;
            Calls.Add(identifier);
            if (identifier != "create")
                return default!;
            await _made.Task;
            return (TValue)(object)this;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
