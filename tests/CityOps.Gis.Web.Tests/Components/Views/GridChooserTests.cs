using Bunit;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components.Views;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Views;

/// <summary>Somebody chooses what is his own in a city of two communities of four grids.</summary>
public sealed class GridChooserTests : IAsyncLifetime
{
    const string Community = "350203001001", Grid = Community + "002";
    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task It_opens_where_something_is_chosen_and_keeps_what_was_added()
    {
        await using var page = new PageContext("en", _database.Source);
        var (chooser, kept) = Render(page, Grid);
        chooser.WaitForAssertion(() => Assert.Equal([Grid], chooser.FindAll("[data-own][checked]").Select(one => one.GetAttribute("data-own"))));
        Assert.Equal("沙坡尾社区", chooser.FindAll("[data-up]")[^1].TextContent);
        await chooser.Change($"[data-own='{Community}004']", true);
        Assert.Equal("Use these (2)", chooser.Find("[data-keep]").TextContent);
        await chooser.Click("[data-keep]");
        chooser.WaitForAssertion(() => Assert.Equal([[Grid, Community + "004"]], kept));
    }

    [Fact]
    public async Task A_community_takes_the_place_of_its_grids_which_can_then_not_be_let_go_singly()
    {
        await using var page = new PageContext("en", _database.Source);
        var (chooser, kept) = Render(page, Grid);
        await chooser.Click("[data-up='350203001']");
        await chooser.Change($"[data-own='{Community}']", true);
        Assert.Equal("Use these (1)", chooser.Find("[data-keep]").TextContent);
        await chooser.Click($"[data-down='{Community}']");
        chooser.WaitForAssertion(() => Assert.Equal(4, chooser.FindAll("[data-own][checked][disabled]").Count));
        await chooser.Click("[data-keep]");
        chooser.WaitForAssertion(() => Assert.Equal([[Community]], kept));
    }

    [Fact]
    public async Task Nothing_can_be_kept_while_nothing_is_chosen_and_who_gives_up_keeps_what_was()
    {
        await using var page = new PageContext("en", _database.Source);
        var (chooser, kept) = Render(page);
        Assert.True(chooser.WaitForElement("[data-keep]").HasAttribute("disabled"));
        await chooser.Click(".go button", 1);
        Assert.Null(Assert.Single(kept));
    }

    [Fact]
    public async Task What_holds_no_grid_of_today_is_not_kept_and_the_sentence_goes_with_the_next_choice()
    {
        await using var page = new PageContext("en", _database.Source);
        var (chooser, kept) = Render(page, "350203001001999");
        chooser.WaitForElement($"[data-own='{Grid}']");
        await chooser.Click("[data-keep]");
        Assert.Equal("There is no valid unit grid in what was chosen.", chooser.WaitForElement("[role=alert]").TextContent);
        Assert.Empty(kept);
        await chooser.Change($"[data-own='{Grid}']", true);
        Assert.Empty(chooser.FindAll("[role=alert]"));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task As_many_as_the_sentence_says_are_kept_and_not_one_more(int grids, bool isKept)
    {
        await _database.Run($"""
            insert into gis.unit_grids (code, parent_code, begin_date, geom)
            select '{Community}' || to_char(n, 'FM000'), '{Community}', '2020-01-01', ST_MakeEnvelope(118.0001 + n * 0.00003, 24.4001, 118.0001 + (n + 1) * 0.00003, 24.4002, 4490) from generate_series(101, 100 + {grids} - 4) n
            """);
        await using var page = new PageContext("en", _database.Source);
        var (chooser, kept) = Render(page, Community);
        chooser.WaitForElement("[data-keep]");
        await chooser.Click("[data-keep]");
        if (isKept)
            chooser.WaitForAssertion(() => Assert.Equal([[Community]], kept));
        else
            Assert.Contains("300", chooser.WaitForElement("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(isKept, kept.Count == 1);
    }

    static (IRenderedComponent<GridChooser> Chooser, List<IReadOnlyList<string>?> Kept) Render(PageContext page, params string[] chosen)
    {
        var kept = new List<IReadOnlyList<string>?>();
        return (page.Render<GridChooser>(set => set.Add(one => one.Chosen, chosen).Add(one => one.OnKept, kept.Add)), kept);
    }
}
