using Bunit;
using CityOps.Gis.Access;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Emergencies;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Emergencies;

/// <summary>The switch from everyday to emergency, over an area of a small city or one that is drawn.</summary>
public sealed class EmergencyFormTests : IAsyncLifetime
{
    static readonly Caller Leader = new("leader", "leader", Role.ShiftLeader.Permissions, null) { Roles = [Role.ShiftLeader.Id] };
    static readonly DrawnShape Triangle = new(MapTool.Polygon, [new(118, 24.4), new(118.01, 24.4), new(118.01, 24.41)], null);
    readonly PostGisDatabase _database = PostGisDatabase.Filled(SmallCity.Sql);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("zh", "请填写名称（最多 100 字）。", "请选择区域，或在地图上画出范围。")]
    [InlineData("en", "Give it a title of at most 100 characters.", "Choose an area, or draw one on the map.")]
    public async Task What_is_missing_is_said_and_what_was_typed_stays(string language, string noTitle, string noArea)
    {
        await using var page = new PageContext(language, _database.Source);
        using var _ = Leader.Enter();
        var (form, opened) = Render(page);
        await form.Submit("form");
        Assert.Equal(noTitle, form.WaitForElement("[role=alert]").TextContent);
        await form.Change("#emergency-title", "台风");
        await form.Submit("form");
        form.WaitForAssertion(() => Assert.Equal(noArea, form.Find("[role=alert]").TextContent));
        Assert.Equal("台风", form.Find("#emergency-title").GetAttribute("value"));
        Assert.Empty(opened);
    }

    [Fact]
    public async Task An_area_is_chosen_level_by_level_and_all_of_a_level_is_the_area_above()
    {
        await using var page = new PageContext("en", _database.Source);
        using var _ = Leader.Enter();
        var (form, opened) = Render(page);
        await form.Change("#emergency-area-0", "350203");
        await form.Change("#emergency-area-1", "350203001");
        form.WaitForElement("#emergency-area-2");
        await form.Change("#emergency-area-1", "");
        form.WaitForAssertion(() => Assert.Empty(form.FindAll("#emergency-area-2")));
        await form.Change("#emergency-title", "台风");
        await form.Submit("form");
        form.WaitForAssertion(() => Assert.Single(opened));
        Assert.Equal(0.0002, (await Area(page, opened[0])).Area, 9);
    }

    [Fact]
    public async Task What_is_drawn_takes_the_place_of_the_area_that_was_chosen_and_can_be_dropped()
    {
        await using var page = new PageContext("en", _database.Source);
        using var _ = Leader.Enter();
        var (draws, (form, opened)) = (new List<bool>(), Render(page));
        form.Render(set => set.Add(one => one.OnDraw, draws.Add));
        await form.Change("#emergency-area-0", "350206");
        await form.Click("[data-draw]");
        form.Render(set => set.Add(one => one.IsDrawing, true));
        await form.Click("[data-draw]");
        form.Render(set => set.Add(one => one.IsDrawing, false).Add(one => one.Shape, Triangle));
        Assert.Empty(form.FindAll("select"));
        await form.Click("[data-draw]");
        Assert.Equal([true, false, false], draws);

        await form.Change("#emergency-title", "台风");
        await form.Submit("form");
        form.WaitForAssertion(() => Assert.Single(opened));
        Assert.Equal(0.00005, (await Area(page, opened[0])).Area, 9);
    }

    static async Task<NetTopologySuite.Geometries.Geometry> Area(PageContext page, long emergency) => (await page.Services.GetRequiredService<EmergencyList>().Area(emergency))!;

    static (IRenderedComponent<EmergencyForm> Form, List<long> Opened) Render(PageContext page)
    {
        var opened = new List<long>();
        return (page.Render<EmergencyForm>(set => set.Add(one => one.OnOpened, opened.Add)), opened);
    }
}
