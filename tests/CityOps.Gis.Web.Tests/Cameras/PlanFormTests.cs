using Bunit;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Cameras;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Cameras;

/// <summary>A plan by which cameras are looked at in turn is put together.</summary>
public sealed class PlanFormTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Theory]
    [InlineData("zh", "请填写名称。", "请至少加入一个摄像头。")]
    [InlineData("en", "Give the plan a name.", "Add at least one camera.")]
    public async Task What_is_missing_is_said_one_after_the_other(string language, string noName, string noStops)
    {
        await using var page = new PageContext(language);
        var form = page.Render<PlanForm>(set => set.Add(one => one.Plan, 0));
        await form.Submit("form");
        Assert.Equal(noName, form.Find("[role=alert]").TextContent);
        await form.Change("[data-plan-name]", "早巡");
        await form.Submit("form");
        Assert.Equal(noStops, form.Find("[role=alert]").TextContent);
        await form.InvokeAsync(() => form.Instance.Add(Camera(1)));
        Assert.Empty(form.FindAll("[role=alert]"));
        Assert.Equal("早巡", form.Find("[data-plan-name]").GetAttribute("value"));
    }

    [Fact]
    public async Task Cameras_go_up_and_down_take_their_seconds_along_and_the_plan_is_kept_in_that_order()
    {
        await using var page = new PageContext("en", database.Source);
        var form = page.Render<PlanForm>(set => set.Add(one => one.Plan, 0));
        for (var camera = 1; camera <= 3; camera++)
        {
            var added = Camera(camera);
            await form.InvokeAsync(() => form.Instance.Add(added));
        }
        Assert.True(form.FindAll("[data-up]")[0].HasAttribute("disabled") && form.FindAll("[data-down]")[2].HasAttribute("disabled"));
        await form.Change("[data-seconds]", "40", 2);
        await form.Click("[data-up]", 2);
        await form.Click("[data-remove]");
        Assert.Equal(["Camera 3", "Camera 2"], form.FindAll("li > span").Select(one => one.TextContent));

        await form.Change("[data-plan-name]", " Morning ");
        await form.Submit("form");
        form.WaitForAssertion(() => Assert.EndsWith("?view=plans", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        var plan = Assert.Single(await new CameraPlans(database.Source).All());
        Assert.Equal("Morning", plan.Name);
        Assert.Equal([new(3, 40), new(2, 15)], plan.Stops);
    }

    [Fact]
    public async Task A_camera_too_many_is_told_and_not_added()
    {
        await using var page = new PageContext("en");
        var form = page.Render<PlanForm>(set => set.Add(one => one.Plan, 0));
        await form.InvokeAsync(() =>
        {
            for (var camera = 0; camera <= CameraPlan.MostStops; camera++)
                form.Instance.Add(Camera(camera));
        });
        Assert.Equal((CameraPlan.MostStops, "A plan has 200 cameras at most."), (form.FindAll("[data-seconds]").Count, form.Find("[role=alert]").TextContent));
    }

    [Fact]
    public async Task A_camera_that_is_shown_too_short_is_told_before_anything_is_kept()
    {
        await using var page = new PageContext("en");
        var form = page.Render<PlanForm>(set => set.Add(one => one.Plan, 0));
        await form.InvokeAsync(() => form.Instance.Add(Camera(1)));
        await form.Change("[data-plan-name]", "Morning");
        await form.Change("[data-seconds]", "2");
        await form.Submit("form");
        Assert.Equal("Each is shown for 3 to 3,600 seconds.", form.Find("[role=alert]").TextContent);
    }

    static CameraNow Camera(int number) => new(number, $"C{number}", $"Camera {number}", "online", 118, 24.4, null, null, null, null, null, null);
}
