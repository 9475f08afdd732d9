using Bunit;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>Taking what was found away as a file; from 1,001 features on it must be confirmed here.</summary>
public sealed class ExportBoxTests
{
    [Fact]
    public async Task What_is_drawn_is_offered_first_and_what_is_empty_not_at_all()
    {
        await using var page = new PageContext("en");
        var box = Render(page, new() { ["components"] = 600, ["cameras"] = 12, ["devices"] = 0 }, visible: "cameras");
        Assert.Equal(["Cameras", "Managed components"], box.FindAll("[data-export-field=layer] option").Select(one => one.TextContent));
        Assert.Equal("12 features", box.Find("small").TextContent);
    }

    [Fact]
    public async Task The_file_holds_what_the_map_asks_in_the_chosen_format_and_reference_system()
    {
        await using var page = new PageContext("en");
        var box = Render(page, new() { ["components"] = 600 }, new(Area: "350203", Department: "11"));
        await box.Change("[data-export-field=format]", "csv");
        await box.Change("[data-export-field=crs]", "4548");
        Assert.Equal("/export/components.csv?district=350203&department=11&crs=EPSG:4548", box.Find("[data-export-go]").GetAttribute("href"));
    }

    [Fact]
    public async Task A_large_file_is_made_once_its_number_of_features_was_confirmed()
    {
        await using var page = new PageContext("en");
        var box = Render(page, new() { ["components"] = 25_000 });
        Assert.Empty(box.FindAll("[data-export-go]"));
        Assert.Contains("25,000 features make a large file", box.Find(".check").TextContent, StringComparison.Ordinal);
        await box.Change("[data-export-field=confirm]", true);
        Assert.EndsWith("confirm=yes", box.Find("[data-export-go]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_confirmed_a_number_has_not_confirmed_another()
    {
        await using var page = new PageContext("en");
        var box = Render(page, new() { ["components"] = 25_000 });
        box.Render(set => set.Add(one => one.Answers, new Dictionary<string, MatchCount> { ["components"] = new(1_200, true) }));
        await box.Change("[data-export-field=confirm]", true);
        box.Render(set => set.Add(one => one.Answers, null));
        Assert.Empty(box.FindAll("[data-export-go]"));
        Assert.False(box.Find("[data-export-field=confirm]").HasAttribute("checked"));
    }

    [Theory]
    [InlineData("zh", "没有可以导出的数据。")]
    [InlineData("en", "There is nothing to export.")]
    public async Task Where_there_is_nothing_it_says_so(string language, string sentence)
    {
        await using var page = new PageContext(language);
        Assert.Equal(sentence, Render(page, new() { ["components"] = 0 }).Find("p").TextContent);
    }

    [Fact]
    public async Task The_page_opens_and_folds_it_as_its_address_says()
    {
        await using var page = new PageContext("en");
        var asked = new List<bool>();
        var box = Render(page, new() { ["components"] = 3 });
        box.Render(set => set.Add(one => one.IsOpenChanged, asked.Add));
        await box.Click("summary");
        box.Render(set => set.Add(one => one.IsOpen, false));
        await box.Click("summary");
        Assert.Equal([false, true], asked);
        Assert.Empty(box.FindAll("select"));
    }

    static IRenderedComponent<ExportBox> Render(PageContext page, Dictionary<string, long> counts, MapQuestion? question = null, string visible = "components") => page.Render<ExportBox>(set => set
        .Add(one => one.Layers, [.. new[] { "components", "cameras", "devices" }.Select(PageContext.Layer)]).Add(one => one.Counts, counts).Add(one => one.Visible, new HashSet<string> { visible })
        .Add(one => one.Question, question ?? new()).Add(one => one.IsOpen, true));
}
