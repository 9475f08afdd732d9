using Bunit;
using CityOps.Gis.Features;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Components.Features;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Features;

public sealed class FeaturePanelTests
{
    static readonly Feature Cover = new(
        "components", 7, new Point(118.1, 24.5), new("350203001001004", "350203001001", "350203001", "350203", "11"),
        new Dictionary<string, object?>
        {
            ["code"] = "3502030101000001", ["name"] = "上水井盖", ["class_code"] = "0101", ["class_table"] = "cjt214-2007", ["status"] = "破损",
            ["first_date"] = new DateOnly(2020, 2, 29), ["remark"] = null,
        },
        new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 3);

    static readonly JurisdictionNames.Names Names = new("思明区", "厦港街道", "沙坡尾社区", null, "市政设施中心");

    static IRenderedComponent<FeaturePanel> Render(PageContext page, Feature feature, JurisdictionNames.Names names) => page.Render<FeaturePanel>(set => set
        .Add(one => one.Layer, PageContext.Layer("components")).Add(one => one.Feature, feature).Add(one => one.Names, names));

    [Fact]
    public async Task It_tells_the_code_the_grid_chain_and_the_department()
    {
        await using var page = new PageContext();
        var panel = Render(page, Cover, Names);
        Assert.Equal("3502030101000001", panel.Find("[data-key]").TextContent);
        Assert.Equal(["思明区", "厦港街道", "沙坡尾社区", "350203001001004"], panel.FindAll(".chain li").Select(one => one.TextContent.Trim()));
        Assert.Equal("市政设施中心", panel.Find("[data-department]").TextContent);
    }

    [Theory]
    [InlineData("zh", "小类代码", "上水井盖 0101", "破损")]
    [InlineData("en", "Class code", "Water supply manhole cover 0101", "Damaged 破损")]
    public async Task Codes_are_told_by_name_in_the_pages_language(string language, string title, string byClass, string status)
    {
        await using var page = new PageContext(language);
        var panel = Render(page, Cover, Names);
        Assert.Equal(title, panel.Find("[data-field=class_code] dt").TextContent);
        Assert.Equal(byClass, panel.Find("[data-field=class_code] dd").TextContent);
        Assert.Equal(status, panel.Find("[data-field=status] dd").TextContent);
    }

    [Fact]
    public async Task Fields_without_a_value_are_left_out_and_times_are_the_citys()
    {
        await using var page = new PageContext();
        var panel = Render(page, Cover, Names);
        Assert.Empty(panel.FindAll("[data-field=remark]"));
        Assert.Equal("2020-02-29", panel.Find("[data-field=first_date] dd").TextContent);
        Assert.Contains("自 2026-01-01 08:00 起有效", panel.Find("footer").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_outside_every_grid_says_so()
    {
        await using var page = new PageContext();
        var panel = Render(page, Cover with { Jurisdiction = new(null, null, null, Jurisdiction.NoDistrict, null) }, new(null, null, null, null, null));
        Assert.Equal("不在任何网格内", panel.Find("section p").TextContent);
        Assert.Equal("未指定", panel.Find("[data-department]").TextContent);
    }

    [Fact]
    public async Task A_thing_has_other_tabs_than_an_area()
    {
        await using var page = new PageContext("en");
        Assert.Equal(["facts", "near", "history"], TabsOf(Render(page, Cover, Names)));
        var grid = Cover with { LayerId = "unit_grids", Values = new Dictionary<string, object?> { ["code"] = "350203001001004" } };
        var area = page.Render<FeaturePanel>(set => set.Add(one => one.Layer, PageContext.Layer("unit_grids")).Add(one => one.Feature, grid).Add(one => one.Names, Names).Add(one => one.Tab, "facts"));
        Assert.Equal(["contents", "facts", "people", "neighbours", "history"], TabsOf(area));
        Assert.Equal("true", area.Find("[data-tab=facts]").GetAttribute("aria-selected"));
    }

    [Fact]
    public async Task Arrows_go_from_tab_to_tab_and_the_page_is_told()
    {
        await using var page = new PageContext();
        var chosen = "";
        var panel = page.Render<FeaturePanel>(set => set
            .Add(one => one.Layer, PageContext.Layer("components")).Add(one => one.Feature, Cover).Add(one => one.Names, Names).Add(one => one.TabChanged, (string? tab) => chosen = tab));
        await panel.Press("[role=tablist]", "ArrowRight");
        Assert.Equal("near", chosen);
        await panel.Press("[role=tablist]", "ArrowLeft");
        Assert.Equal("history", chosen);
    }

    [Fact]
    public async Task Only_what_may_be_changed_offers_to_be_edited()
    {
        await using var reading = new PageContext();
        await using var writing = new PageContext(isEditable: true);
        Assert.Empty(Render(reading, Cover, Names).FindAll("[data-edit]"));
        Assert.Single(Render(writing, Cover, Names).FindAll("[data-edit]"));
        var removed = new Dictionary<string, object?>(Cover.Values) { ["status"] = "移除" };
        Assert.Empty(Render(writing, Cover with { Values = removed }, Names).FindAll("[data-edit]"));
    }

    static IEnumerable<string?> TabsOf(IRenderedComponent<FeaturePanel> panel) => panel.FindAll("[role=tab]").Select(tab => tab.GetAttribute("data-tab"));
}
