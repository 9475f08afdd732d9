using Bunit;
using CityOps.Gis.BaseMaps;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Components.Tools;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

public sealed class ToolsTests
{
    [Fact]
    public async Task A_tool_is_taken_by_its_button_and_put_away_by_the_same()
    {
        await using var page = new PageContext("en");
        var chosen = new List<MapTool>();
        var tools = page.Render<MapTools>(set => set.Add(one => one.Tool, MapTool.None).Add(one => one.ToolChanged, chosen.Add));
        await tools.Click("[data-tool=circle]");
        tools.Render(set => set.Add(one => one.Tool, MapTool.Circle));
        Assert.Equal("true", tools.Find("[data-tool=circle]").GetAttribute("aria-pressed"));
        await tools.Click("[data-tool=circle]");
        Assert.Equal([MapTool.Circle, MapTool.None], chosen);
        Assert.Equal("Select by circle", tools.Find("[data-tool=circle]").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task The_selection_tells_how_much_of_each_layer_it_holds_and_which_numbers_are_estimates()
    {
        await using var page = new PageContext("en");
        var bar = page.Render<SelectionBar>(set => set
            .Add(one => one.Shape, new DrawnShape(MapTool.Circle, [new(118.1, 24.4)], 1500)).Add(one => one.Layers, [PageContext.Layer("components"), PageContext.Layer("cameras"), PageContext.Layer("cases")])
            .Add(one => one.Answers, new Dictionary<string, MatchCount> { ["components"] = new(12_345, false), ["cameras"] = new(7, true), ["cases"] = new(0, true) }));
        Assert.Equal("Circle of 1.50 km", bar.Find("p > b").TextContent);
        Assert.Equal(["Managed components ≈ 12,345", "Cameras 7"], bar.FindAll("p > span").Select(one => one.TextContent));
    }

    [Fact]
    public async Task A_selection_without_features_says_so()
    {
        await using var page = new PageContext("en");
        var bar = page.Render<SelectionBar>(set => set
            .Add(one => one.Shape, new DrawnShape(MapTool.Box, [new(118.1, 24.4), new(118.2, 24.5)], null)).Add(one => one.Layers, [PageContext.Layer("cameras")])
            .Add(one => one.Answers, new Dictionary<string, MatchCount> { ["cameras"] = new(0, true) }));
        Assert.Equal("No feature of the shown layers lies in the selection", bar.Find("p > span").TextContent);
    }

    [Fact]
    public async Task What_lies_at_a_place_is_listed_by_name_and_one_is_chosen()
    {
        await using var page = new PageContext("zh");
        FoundFeature? chosen = null;
        var click = new FeaturesClick([new("components", 12, "污水井盖"), new("cameras", 7, "")], 118.1, 24.4, 300, 200);
        var list = page.Render<FeatureChoice>(set => set.Add(one => one.Click, click).Add(one => one.OnChoose, feature => chosen = feature));
        Assert.Equal("此处有 2 个要素", list.Find("h2").TextContent);
        Assert.Equal(["污水井盖", "编号 7"], list.FindAll("li b").Select(one => one.TextContent));
        await list.Click("[data-choose='cameras/7']");
        Assert.Equal(new("cameras", 7, ""), chosen);
    }

    [Theory]
    [InlineData("components", "02014", null, "#c2571a", "signal")]
    [InlineData("cases", null, "close", "#8a97a3", "flag")]
    public async Task What_lies_at_a_place_is_listed_with_the_sign_it_has_on_the_map(string layer, string? code, string? status, string color, string sign)
    {
        await using var page = new PageContext();
        var list = page.Render<FeatureChoice>(set => set.Add(one => one.Click, new FeaturesClick([new(layer, 1, "x", code, status)], 118.1, 24.4, 300, 200)));
        Assert.Equal((color, $"/icons/{sign}.svg"), (list.Find("circle").GetAttribute("fill"), list.Find("image").GetAttribute("href")));
    }

    [Theory]
    [InlineData("zh", "天地图")]
    [InlineData("en", "Tianditu")]
    public async Task A_base_map_is_chosen_by_its_title_and_Escape_leaves_the_one_that_is_there(string language, string title)
    {
        await using var page = new PageContext(language);
        using var tiles = new BaseMapTiles(new() { Maps = [new() { Id = "tdt", Title = new("天地图", "Tianditu"), Kind = BaseMapKind.Xyz, Url = "http://localhost/{z}/{x}/{y}" }] }, TimeProvider.System);
        page.Services.AddSingleton(tiles);
        var chosen = new List<string?>();
        var chooser = page.Render<BaseMapChooser>(set => set.Add(one => one.Base, "tdt").Add(one => one.BaseChanged, chosen.Add));
        await chooser.Click("[data-base-open]");
        Assert.Equal(title, chooser.Find("label:has(:checked)").TextContent);
        await chooser.Press("fieldset", "Escape");
        Assert.Equal(("false", 0), (chooser.Find("[data-base-open]").GetAttribute("aria-expanded"), chosen.Count));

        await chooser.Click("[data-base-open]");
        await chooser.Change("[data-base='']", "on");
        Assert.Equal([null], chosen);
        Assert.Empty(chooser.FindAll("fieldset"));
    }
}
