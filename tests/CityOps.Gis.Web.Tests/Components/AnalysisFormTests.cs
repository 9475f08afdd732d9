using Bunit;
using CityOps.Gis.Heat;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>What is chosen in the form is the question at once, and choices that contradict each other are not offered.</summary>
public sealed class AnalysisFormTests
{
    [Fact]
    public async Task Departments_have_no_area_so_that_they_are_not_measured_by_it()
    {
        await using var page = new PageContext("en");
        var (form, asked) = Render(page, "/analysis?layer=components&cell=square&measure=density");
        await form.Change("[data-heat=cell]", "department");

        Assert.Equal((HeatCellKind.Department, HeatMeasure.Count), (asked[^1].Heat.Cell, asked[^1].Heat.Measure));
        form.Render(set => set.Add(one => one.Address, asked[^1]));
        Assert.Equal(["count"], form.FindAll("[data-heat=measure] option").Select(one => one.GetAttribute("value")).Take(1));
        Assert.DoesNotContain("density", form.FindAll("[data-heat=measure] option").Select(one => one.GetAttribute("value")));
        Assert.Empty(form.FindAll("[data-heat=size]"));
    }

    [Fact]
    public async Task Another_layer_forgets_what_belongs_to_the_one_before()
    {
        await using var page = new PageContext("en");
        var (form, asked) = Render(page, "/analysis?layer=cases&cell=square&measure=count&class=01&from=2026-01-01&to=2026-02-01&against=year&breaks=3%2C5");
        await form.Change("[data-heat=layer]", "components");

        Assert.Equal(("components", AnalysisAgainst.None, 0, 0), (asked[^1].LayerId, asked[^1].Against, asked[^1].Heat.Query.Classes.Count, asked[^1].Heat.Breaks.Count));
        form.Render(set => set.Add(one => one.Address, asked[^1]));
        // Components have no time to compare by.
        Assert.Equal(["none", "layer"], form.FindAll("[data-heat=against] option").Select(one => one.GetAttribute("value")));
    }

    [Fact]
    public async Task A_last_day_before_the_first_moves_the_first()
    {
        await using var page = new PageContext("en");
        var (form, asked) = Render(page, "/analysis?layer=cases&cell=square&measure=count&from=2026-01-01&to=2026-02-01&against=own&from2=2025-06-01&to2=2025-07-15");
        Assert.Equal("2025-07-14", form.Find("[data-heat=to2]").GetAttribute("value"));
        await form.Change("[data-heat=to2]", "2025-05-20");
        Assert.Equal((new DateOnly(2025, 5, 20), new DateOnly(2025, 5, 21)), (asked[^1].From2, asked[^1].To2));
    }

    [Fact]
    public async Task Classes_are_the_citys_those_of_what_is_asked_or_ones_own()
    {
        await using var page = new PageContext("en");
        var (form, asked) = Render(page, "/analysis?layer=components&cell=square&measure=count");
        Assert.Equal("city", form.Find("[data-heat=classes]").GetAttribute("value"));
        await form.Change("[data-heat=classes]", "asked");
        Assert.Equal(AnalysisClasses.Asked, asked[^1].Classes);
        await form.Change("[data-heat=classes]", "own");
        await form.Change("[data-heat=breaks]", "10；50");
        Assert.Equal([10, 50], asked[^1].Heat.Breaks);
    }

    static (IRenderedComponent<AnalysisForm> Form, List<AnalysisAddress> Asked) Render(PageContext page, string address)
    {
        var asked = new List<AnalysisAddress>();
        var layers = new[] { "components", "cases", "cameras" }.Select(PageContext.Layer).ToList();
        return (page.Render<AnalysisForm>(set => set.Add(one => one.Address, AnalysisAddress.Parse("http://localhost" + address, PostGisDatabase.Catalog, layers[0])).Add(one => one.Layers, layers).Add(one => one.AddressChanged, asked.Add)), asked);
    }
}
