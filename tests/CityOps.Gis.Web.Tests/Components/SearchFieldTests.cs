using Bunit;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>The search box in a city of two districts, by keyboard.</summary>
public sealed class SearchFieldTests : IAsyncLifetime
{
    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Arrows_go_round_the_answers_and_Enter_goes_to_the_marked_one_and_keeps_what_the_page_asks()
    {
        await using var page = new PageContext("en", _database.Source);
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/?department=11");
        var field = await Typed(page, "湖里");
        Assert.Equal("true", Box(field).GetAttribute("aria-expanded"));
        var answers = field.FindAll("[role=option] b").Select(one => one.TextContent).ToList();
        Assert.Equal(["湖里区", "湖里街道"], answers.Order());

        await Press(field, "ArrowUp");
        Assert.Equal("answer-1", Box(field).GetAttribute("aria-activedescendant"));
        await Press(field, "ArrowDown");
        Assert.Equal(["answer-0"], field.FindAll("[aria-selected=true]").Select(one => one.Id));
        await Press(field, "Enter");

        Assert.Empty(field.FindAll("[role=listbox]"));
        Assert.Equal(answers[0], Box(field).GetAttribute("value"));
        Assert.Contains("department=11", navigation.Uri, StringComparison.Ordinal);
        Assert.Contains(answers[0] == "湖里区" ? "feature=districts/2" : "feature=subdistricts/2", Uri.UnescapeDataString(navigation.Uri), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_pressed_Escape_is_not_shown_the_answer_that_comes_after()
    {
        await using var page = new PageContext("en", _database.Source);
        var field = page.Render<SearchField>();
        var typing = field.Type("[data-search]", "思明");
        await Press(field, "Escape");
        await typing;
        Assert.Equal("false", Box(field).GetAttribute("aria-expanded"));
        Assert.Empty(field.FindAll("[role=option]"));
    }

    [Theory]
    [InlineData("zh", "没有找到")]
    [InlineData("en", "Nothing found")]
    public async Task What_is_not_found_is_said_and_Enter_goes_nowhere(string language, string sentence)
    {
        await using var page = new PageContext(language, _database.Source);
        var field = await Typed(page, "zzqx9");
        Assert.StartsWith(sentence, field.Find("[role=listbox] [role=status]").TextContent, StringComparison.Ordinal);
        await Press(field, "Enter");
        Assert.Equal("http://localhost/", page.Services.GetRequiredService<NavigationManager>().Uri);
    }

    [Fact]
    public async Task A_typed_coordinate_is_a_place_with_the_grid_it_lies_in_and_the_map_goes_near()
    {
        await using var page = new PageContext("en", _database.Source);
        var field = await Typed(page, "118.002, 24.402");
        Assert.Equal("118.002000, 24.402000", field.Find("[role=option] b").TextContent);
        Assert.Contains("沙坡尾社区", field.Find("[role=option] span").TextContent, StringComparison.Ordinal);
        await field.Click("[role=option]");
        Assert.Contains("at=18/24.40200/118.00200", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    static async Task<IRenderedComponent<SearchField>> Typed(PageContext page, string text)
    {
        var field = page.Render<SearchField>();
        await field.Type("[data-search]", text);
        return field;
    }

    static Task Press(IRenderedComponent<SearchField> field, string key) => field.Press("[role=search]", key);

    static AngleSharp.Dom.IElement Box(IRenderedComponent<SearchField> field) => field.Find("[data-search]");
}
