using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>A person keeps a view, opens it again, shares it with others and puts it away.</summary>
public sealed class ViewJourneys(StreetMap city) : IClassFixture<StreetMap>
{
    [Fact]
    public async Task A_view_brings_back_place_layers_question_and_selection_and_others_see_it_once_it_is_shared()
    {
        var fid = await city.Database.Value<long>($"select fid from gis.components where code = '{Coast.LonelyCode}'");
        await using var tab = await city.Open(string.Create(CultureInfo.InvariantCulture, $"/?at=18/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}&layers=components&district=350203&feature=components/{fid}&tab=history"));
        await Expect(tab.Panel.Locator("[data-history]")).ToBeVisibleAsync();
        await tab.Drawn();
        var address = tab.Page.Url;
        await tab.Page.Locator("[data-views]").ClickAsync();
        await Expect(tab.Page.Locator("[data-no-views]")).ToBeVisibleAsync();
        await tab.Page.Locator("[data-view-name]").FillAsync("巡查起点");
        await tab.Page.Locator("[data-view-save]").ClickAsync();
        var view = tab.Page.Locator("[data-view='巡查起点']");
        await Expect(view).ToBeVisibleAsync();
        await tab.Keep("views");

        await using var other = await city.Open("/");
        await other.Page.Locator("[data-views]").ClickAsync();
        await Expect(other.Page.Locator("[data-no-views]")).ToBeVisibleAsync();
        await view.Locator("[data-share]").ClickAsync();
        await Expect(tab.Page.Locator("[data-view-notice]")).ToContainTextAsync("已共享");
        await other.Page.Locator("[data-views]").ClickAsync();
        await other.Page.Locator("[data-views]").ClickAsync();
        await Expect(other.Page.Locator("[data-view='巡查起点'] [data-rename]")).ToHaveCountAsync(0);
        await other.Page.Locator("[data-view='巡查起点'] [data-open]").ClickAsync();
        await Expect(other.Panel.Locator("[data-key]")).ToHaveTextAsync(Coast.LonelyCode);
        await Expect(other.Panel.Locator("[data-history]")).ToBeVisibleAsync();
        await Expect(other.Page.Locator("[data-layer=components]")).ToBeCheckedAsync();
        await Expect(other.Page.Locator("[data-layer=roads]")).Not.ToBeCheckedAsync();
        await other.Drawn();
        Assert.Equal(address, other.Page.Url);
        Assert.Equal("", string.Join('\n', tab.Complaints.Concat(other.Complaints)));
    }

    [Fact]
    public async Task A_view_of_any_page_is_renamed_replaced_copied_and_deleted_and_survives_a_reload()
    {
        await using var tab = await city.Open("/analysis?layer=components&cell=district", "en-GB");
        await tab.Page.Locator("[data-views]").ClickAsync();
        await tab.Page.Locator("[data-view-name]").FillAsync("Density");
        await tab.Page.Locator("[data-view-save]").ClickAsync();
        await Expect(tab.Page.Locator("[data-view=Density] small")).ToContainTextAsync("Analysis");
        await tab.Page.Locator("[data-view=Density] [data-copy]").ClickAsync();
        await Expect(tab.Page.Locator("[data-view-notice]")).ToContainTextAsync("copied");
        await tab.Page.Locator("[data-view=Density] [data-rename]").ClickAsync();
        await tab.Page.Locator("[data-new-name]").FillAsync("By district");
        await tab.Page.Locator("[data-rename-save]").ClickAsync();
        await tab.Keep("views-en");
        await tab.Page.ReloadAsync();
        await tab.Page.Locator("[data-views]").ClickAsync();
        await tab.Page.Locator("[data-view-name]").FillAsync("By district");
        await Expect(tab.Page.Locator("[data-view-save]")).ToHaveTextAsync("Replace");
        await tab.Page.Locator("[data-view='By district'] [data-delete]").ClickAsync();
        await tab.Page.Locator("[data-delete-yes]").ClickAsync();
        await Expect(tab.Page.Locator("[data-view='By district']")).ToHaveCountAsync(0);
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("/analysis"));
    }
}
