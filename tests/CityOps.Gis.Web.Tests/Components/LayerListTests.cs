using Bunit;
using CityOps.Gis.Web;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

public sealed class LayerListTests
{
    static readonly Dictionary<string, long> Counts = new() { ["components"] = 25_592_042, ["cameras"] = 120_000 };

    [Fact]
    public async Task Each_layer_has_a_box_its_title_and_its_count_in_the_pages_language()
    {
        await using var page = new PageContext("en");
        var list = page.Render<LayerList>(set => set
            .Add(one => one.Layers, [PageContext.Layer("components"), PageContext.Layer("cameras")]).Add(one => one.Counts, Counts).Add(one => one.Visible, new HashSet<string> { "cameras" }));
        var row = list.Find("label:has([data-layer=components])");
        Assert.Equal("Managed components", row.QuerySelector(".title")!.FirstChild!.TextContent);
        Assert.Equal("25,592,042", row.QuerySelector(".count")!.TextContent);
        Assert.False(list.Find("[data-layer=components]").HasAttribute("checked"));
        Assert.True(list.Find("[data-layer=cameras]").HasAttribute("checked"));
    }

    [Fact]
    public async Task A_number_that_is_counted_anew_stays_where_it_is_and_is_marked_until_then()
    {
        await using var page = new PageContext("en");
        var list = page.Render<LayerList>(set => set
            .Add(one => one.Layers, [PageContext.Layer("components"), PageContext.Layer("districts")]).Add(one => one.Counts, new Dictionary<string, long> { ["components"] = 600, ["districts"] = 2 })
            .Add(one => one.Answers, new Dictionary<string, MatchCount> { ["components"] = new(17, true) }).Add(one => one.Visible, new HashSet<string>()).Add(one => one.ArePending, true));
        var number = list.Find("label:has([data-layer=components]) .count");
        Assert.Equal(("17", true, "true"), (number.TextContent, number.ClassList.Contains("pending"), number.GetAttribute("aria-busy")));
        // Areas are not asked, so theirs stands.
        Assert.DoesNotContain("pending", list.Find("label:has([data-layer=districts]) .count").ClassList);

        list.Render(set => set.Add(one => one.ArePending, false));
        Assert.Empty(list.FindAll(".pending"));
    }

    [Fact]
    public async Task A_box_adds_its_layer_to_those_that_are_visible()
    {
        await using var page = new PageContext();
        IReadOnlySet<string>? visible = null;
        var list = page.Render<LayerList>(set => set
            .Add(one => one.Layers, PostGisDatabase.Catalog.Layers).Add(one => one.Counts, Counts).Add(one => one.Visible, new HashSet<string> { "cameras" })
            .Add(one => one.VisibleChanged, changed => visible = changed));
        await list.Change("[data-layer=components]", true);
        Assert.Equal(["cameras", "components"], visible!.Order());
    }

    [Fact]
    public async Task A_visible_layer_coloured_by_major_explains_its_colours()
    {
        await using var page = new PageContext();
        var list = page.Render<LayerList>(set => set
            .Add(one => one.Layers, [PageContext.Layer("components")]).Add(one => one.Counts, Counts).Add(one => one.Visible, new HashSet<string> { "components" }));
        Assert.Equal("市政公用设施", list.Find("li").TextContent);
    }

    [Fact]
    public async Task Its_legend_counts_and_a_slider_fades_the_layer()
    {
        await using var page = new PageContext("en");
        IReadOnlyDictionary<string, double>? opacities = null;
        var entry = LayerLegend.Of(PageContext.Layer("components"), PostGisDatabase.Catalog)[0].Part;
        var list = page.Render<LayerList>(set => set
            .Add(one => one.Layers, [PageContext.Layer("components")]).Add(one => one.Counts, Counts).Add(one => one.Visible, new HashSet<string> { "components" })
            .Add(one => one.LegendCounts, new Dictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>> { ["components"] = new Dictionary<LayerPart, MatchCount> { [entry] = new(12_345, false) } })
            .Add(one => one.OpacitiesChanged, changed => opacities = changed));
        Assert.Equal("≈ 12,345", list.Find($"[data-legend='components/{entry.Key}']").TextContent);
        await list.Click("[data-opacity-open=components]");
        await list.Type("[data-opacity=components]", "40");
        Assert.Equal(0.4, opacities!["components"]);
    }

    [Fact]
    public async Task A_part_without_a_colour_of_its_own_is_explained_once_it_counts_something_and_then_stays()
    {
        await using var page = new PageContext("en");
        var layer = PageContext.Layer("components");
        var extension = LayerLegend.Of(layer, PostGisDatabase.Catalog).Select(one => one.Part).Last();
        Assert.False(layer.Style.ColorByMajor.ContainsKey(extension.Key));
        var list = page.Render<LayerList>(set => set.Add(one => one.Layers, [layer]).Add(one => one.Counts, Counts).Add(one => one.Visible, new HashSet<string> { "components" }));
        Assert.Equal((1, 0), (list.FindAll("[data-switch='components/01']").Count, Lines()));
        Assert.Equal(0, LinesWhenItCounts(0));
        Assert.Equal(1, LinesWhenItCounts(3));
        Assert.Equal(1, LinesWhenItCounts(0));

        int Lines() => list.FindAll($"[data-switch='components/{extension.Key}']").Count;

        int LinesWhenItCounts(long number)
        {
            list.Render(set => set.Add(one => one.LegendCounts, new Dictionary<string, IReadOnlyDictionary<LayerPart, MatchCount>> { ["components"] = new Dictionary<LayerPart, MatchCount> { [extension] = new(number, true) } }));
            return Lines();
        }
    }

    [Fact]
    public async Task Without_layers_it_says_so()
    {
        await using var page = new PageContext();
        var list = page.Render<LayerList>(set => set.Add(one => one.Layers, []).Add(one => one.Counts, Counts).Add(one => one.Visible, new HashSet<string>()));
        Assert.Equal("没有可以显示在地图上的图层定义。", list.Find("p").TextContent);
    }
}
