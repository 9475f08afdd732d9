using Bunit;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Components.Imports;
using CityOps.Gis.Web.Components.Tools;
using CityOps.Gis.Web.Components.Views;
using CityOps.Gis.PostGis.History;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>Small parts of the pages that decide something.</summary>
public sealed class SmallComponentsTests
{
    [Fact]
    public async Task What_cannot_be_undone_is_asked_for_twice_and_a_no_does_nothing()
    {
        await using var page = new PageContext("en");
        var done = 0;
        var button = page.Render<ConfirmButton>(set => set.Add(one => one.Label, "Delete").Add(one => one.Question, "Delete it?").Add(one => one.OnConfirmed, () => done++));
        await button.Click("button");
        await button.Click("[data-no]");
        await button.Click("button");
        Assert.Equal(0, done);
        await button.Click("[data-yes]");
        Assert.Equal((1, "Delete"), (done, button.Find("button").TextContent));
    }

    [Fact]
    public async Task The_language_link_follows_the_pages_address_with_all_its_state()
    {
        await using var page = new PageContext("en");
        var link = page.Render<LanguageLink>();
        await link.InvokeAsync(() => page.Services.GetRequiredService<NavigationManager>().NavigateTo("/?district=350203&lang=en"));
        Assert.Equal("/?district=350203&lang=zh", link.Find("a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_theme_is_the_one_that_the_browser_kept_and_an_odd_one_is_the_systems()
    {
        foreach (var (kept, shown) in new[] { ("dark", "dark"), ("sepia", "system") })
        {
            await using var page = new PageContext("en");
            page.JSInterop.Setup<string>("cityopsTheme.chosen").SetResult(kept);
            Assert.Equal(shown, page.Render<ThemeSwitch>().Find("select").GetAttribute("value"));
        }
    }

    [Fact]
    public async Task A_picture_that_does_not_come_says_so_and_keeps_its_title()
    {
        await using var page = new PageContext("en");
        var asked = new List<(string, bool)>();
        var box = page.Render<PictureBox>(set => set.Add(one => one.Title, "City map").Add(one => one.Draw, (title, isPdf) => { asked.Add((title, isPdf)); return Task.FromResult(PictureOutcome.Late); }));
        await box.Click("[data-picture-open]");
        await box.Change("[data-picture-title]", "Lamps");
        await box.Change("[data-picture-pdf]", true);
        await box.Submit("form");
        Assert.Equal([("Lamps", true)], asked);
        Assert.NotEmpty(box.Find("[data-picture-outcome]").TextContent);
        Assert.Equal("Lamps", box.Find("[data-picture-title]").GetAttribute("value"));
    }

    [Fact]
    public async Task A_printed_page_has_the_title_the_question_the_legend_with_its_counts_and_the_date()
    {
        await using var page = new PageContext("en");
        var printed = page.Render<PrintedPage>(set => set.Add(one => one.Of,
            new("City map", "Siming", [new("Components", "point", "#2f7d6b", "301", [new("#2563a8", "Municipal", "17")])], "CityOps.Gis · 2026-11-26 20:00", false)));
        Assert.Equal(("City map", "Siming"), (printed.Find("h1").TextContent, printed.Find(".subtitle").TextContent));
        Assert.Equal(["Components301", "Municipal17"], printed.FindAll("li").Select(one => one.TextContent));
        Assert.Contains("2026-11-26", printed.Find(".footer").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_that_are_still_looked_for_can_be_stopped_and_none_is_said_as_none()
    {
        await using var page = new PageContext("en");
        using var wait = new Answering();
        var never = new TaskCompletionSource();
        var asked = wait.Ask(cancel => never.Task.WaitAsync(cancel));
        var list = page.Render<ChangeList>(set => set.Add(one => one.Since, "yesterday").Add(one => one.Days, 1).Add(one => one.Changes, []).Add(one => one.Wait, wait));
        await list.Click("[data-stop]");
        Assert.False(await asked);
        list.Render(set => set.Add(one => one.Counts, new Dictionary<ChangeKind, long>()));
        Assert.Single(list.FindAll("[data-no-changes]"));
    }

    [Theory]
    [InlineData(1, 3, "Page 1 of 3", "next 2")]
    [InlineData(2, 3, "Page 2 of 3", "before 1, next 3")]
    [InlineData(3, 3, "Page 3 of 3", "before 2")]
    [InlineData(5, 3, "Page 5 of 3", "before 4")]
    [InlineData(1, 1, "", "")]
    public async Task A_list_is_turned_where_there_is_a_page_to_turn_to(int number, long pages, string says, string ways)
    {
        await using var page = new PageContext("en");
        var turn = page.Render<PageTurn>(set => set.Add(one => one.Page, number).Add(one => one.Pages, pages).Add(one => one.Address, to => $"/board?page={to}"));
        Assert.Equal((says, ways), (turn.FindAll("span").FirstOrDefault()?.TextContent ?? "", string.Join(", ", turn.FindAll("a").Select(one => $"{one.GetAttribute("data-page")} {one.GetAttribute("href")!.Split('=')[1]}"))));
    }

    [Theory]
    [InlineData("zh", "路灯、井盖", "名称：路灯", "甲；乙")]
    [InlineData("en", "路灯, 井盖", "名称: 路灯", "甲; 乙")]
    public async Task Lists_and_headings_are_punctuated_as_the_language_of_the_page(string language, string list, string headed, string parts)
    {
        await using var page = new PageContext(language);
        Assert.Equal((list, headed, parts, "路灯"), (UiLanguage.List(["路灯", "井盖"]), UiLanguage.Headed("名称", "路灯"), UiLanguage.Parts(["甲", "乙"]), UiLanguage.Headed(null, "路灯")));
    }
}
