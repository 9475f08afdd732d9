using Bunit;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

public sealed class LayerSignTests
{
    static readonly DateTimeOffset Morning = new(2024, 5, 1, 1, 30, 0, TimeSpan.Zero);

    // 01:30 UTC is 09:30 in the zone of the page.
    [Theory]
    [InlineData(LayerState.Live, true, null, "live", null)]
    [InlineData(LayerState.Stale, true, null, "stale", "as of 05-01 09:30")]
    [InlineData(LayerState.CatchingUp, true, null, "stale", "as of 05-01 09:30")]
    [InlineData(LayerState.Copying, false, null, "copying", "copying")]
    [InlineData(LayerState.Waiting, false, null, "postgis", "PostGIS")]
    [InlineData(LayerState.TooLarge, false, null, "postgis", "PostGIS")]
    [InlineData(LayerState.Live, true, TileExecutor.Sql, "postgis", null)]
    [InlineData(LayerState.TooLarge, false, TileExecutor.Snapshot, "missing", "not in memory")]
    public async Task A_layer_shows_who_answers_for_it_and_how_new_that_is(LayerState state, bool isHeld, TileExecutor? forced, string kind, string? word)
    {
        await using var page = new PageContext("en");
        Set(page, state, isHeld);

        var list = List(page, forced);
        var sign = list.Find(".sign");

        Assert.Equal(kind, sign.GetAttribute("data-sign"));
        Assert.Equal(word, list.FindAll(".title small").SingleOrDefault()?.TextContent);
        Assert.NotEmpty(sign.GetAttribute("title")!);
    }

    [Fact]
    public async Task The_reason_for_a_state_stands_in_the_sentence_that_explains_it()
    {
        await using var page = new PageContext();
        page.Services.GetRequiredService<LiveLayers>().Find("cameras")!.Set(LayerState.Unfollowed, new("数据库没有逻辑复制。", "The database has no logical replication."));

        Assert.Equal("无法跟随数据库的变更，由 PostGIS 回答。 数据库没有逻辑复制。", List(page, null).Find(".sign").GetAttribute("title"));
    }

    [Fact]
    public async Task A_change_of_state_shows_without_anybody_doing_anything()
    {
        await using var page = new PageContext();
        Set(page, LayerState.Copying, isHeld: false);
        var list = List(page, null);
        Assert.Equal("copying", list.Find(".sign").GetAttribute("data-sign"));

        Set(page, LayerState.Live, isHeld: true);

        list.WaitForAssertion(() => Assert.Equal("live", list.Find(".sign").GetAttribute("data-sign")), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_choice_of_who_answers_is_told()
    {
        await using var page = new PageContext();
        TileExecutor? chosen = null;
        var list = page.Render<LayerList>(set => set
            .Add(one => one.Layers, [PageContext.Layer("cameras")]).Add(one => one.Counts, new Dictionary<string, long>()).Add(one => one.Visible, new HashSet<string>())
            .Add(one => one.ExecutorChanged, changed => chosen = changed));

        Assert.True(list.Find("[data-engine=automatic]").HasAttribute("checked"));
        await list.Change("[data-engine=postgis]", "on");
        Assert.Equal(TileExecutor.Sql, chosen);
    }

    static IRenderedComponent<LayerList> List(PageContext page, TileExecutor? forced) => page.Render<LayerList>(set => set
        .Add(one => one.Layers, [PageContext.Layer("cameras")]).Add(one => one.Counts, new Dictionary<string, long> { ["cameras"] = 12 })
        .Add(one => one.Visible, new HashSet<string>()).Add(one => one.Executor, forced));

    static void Set(PageContext page, LayerState state, bool isHeld)
    {
        var layer = page.Services.GetRequiredService<LiveLayers>().Find("cameras")!;
        layer.Publish(isHeld ? new(PageContext.Layer("cameras"), [], new([]), 1, 1, Morning) : null);
        layer.Set(state);
    }
}
