using Bunit;
using CityOps.Gis.Heat;
using CityOps.Gis.Web.Components;
using CityOps.Gis.Web.Pages;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>Slices of time are named, gone through by hand, and played one after the other.</summary>
public sealed class TimeSliderTests
{
    [Theory]
    [InlineData("zh", "星期三")]
    [InlineData("en", "Wednesday")]
    public async Task A_weekday_is_named_in_the_pages_language_and_gone_to_by_its_place(string language, string name)
    {
        await using var page = new PageContext(language);
        var (slider, asked) = Render(page, new(HeatSlice.Weekday));
        await slider.Type("[data-slice]", "2");
        Assert.Equal([new(HeatSlice.Weekday, "3")], asked);

        slider.Render(set => set.Add(one => one.Step, asked[0]));
        Assert.Equal((name, name), (slider.Find("output b").TextContent, slider.Find("[data-slice]").GetAttribute("aria-valuetext")));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task A_place_where_there_is_no_slice_is_not_gone_to(string place)
    {
        await using var page = new PageContext();
        var (slider, asked) = Render(page, new(HeatSlice.Weekday));
        await slider.Type("[data-slice]", place);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Months_without_features_stand_between_the_others()
    {
        await using var page = new PageContext("en");
        var (slider, asked) = Render(page, new(HeatSlice.Month, "2026-01"));
        Assert.Equal("2", slider.Find("[data-slice]").GetAttribute("max"));
        await slider.Type("[data-slice]", "1");
        Assert.Equal("2026-02", asked[^1]!.Slice);
        await slider.Click(".whole");
        Assert.Equal(new(HeatSlice.Month), asked[^1]);
    }

    [Fact]
    public async Task What_has_no_time_says_so_and_has_nothing_to_play()
    {
        await using var page = new PageContext("en");
        var (slider, _) = Render(page, new(HeatSlice.Month), SampleHeat.Result with { Slices = [] });
        Assert.Equal("nothing with a time", slider.Find(".note").TextContent);
        Assert.Empty(slider.FindAll("[data-play]"));
    }

    [Fact]
    public async Task Played_slices_follow_each_other_after_the_last_comes_the_first_and_a_hand_stops_them()
    {
        await using var page = new PageContext("en");
        var (slider, asked) = Render(page, new(HeatSlice.Month, "2026-02"), follows: true);
        var playing = slider.Click("[data-play]");
        slider.WaitForAssertion(() => Assert.Equal(["2026-03", "2026-01"], asked.Select(one => one!.Slice).Take(2)), TimeSpan.FromSeconds(10));

        await slider.Type("[data-slice]", "0");
        await playing;
        Assert.Equal("Play", slider.Find("[data-play]").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task When_there_is_nothing_left_to_play_it_ends_and_can_be_played_again()
    {
        await using var page = new PageContext("en");
        var (slider, asked) = Render(page, new(HeatSlice.Month));
        var playing = slider.Click("[data-play]");
        Assert.Equal("Pause", slider.Find("[data-play]").GetAttribute("aria-label"));
        slider.Render(set => set.Add(one => one.Step, null));
        await playing;

        slider.Render(set => set.Add(one => one.Step, new(HeatSlice.Month)));
        Assert.Equal("Play", slider.Find("[data-play]").GetAttribute("aria-label"));
        var again = slider.Click("[data-play]");
        await slider.Click("[data-play]");
        await again;
        Assert.Equal(2, asked.Count);
    }

    static (IRenderedComponent<TimeSlider> Slider, List<AnalysisStep?> Asked) Render(PageContext page, AnalysisStep step, AnalysisResult? result = null, bool follows = false)
    {
        var (asked, slider) = (new List<AnalysisStep?>(), null as IRenderedComponent<TimeSlider>);
        slider = page.Render<TimeSlider>(set => set.Add(one => one.Step, step).Add(one => one.Result, result ?? SampleHeat.Result).Add(one => one.StepChanged, next =>
        {
            asked.Add(next);
            if (follows)
                slider!.Render(with => with.Add(one => one.Step, next));
        }));
        return (slider, asked);
    }
}
