using Bunit;
using CityOps.Gis.Web.Components.Features;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Features;

public sealed class FieldInputTests
{
    static IRenderedComponent<FieldInput> Render(PageContext page, string layer, string field, string? value, Action<string?>? changed = null, params string[] faults)
        => page.Render<FieldInput>(set => set
            .Add(one => one.Layer, PageContext.Layer(layer)).Add(one => one.Field, PageContext.Layer(layer).Find(field)!).Add(one => one.Value, value)
            .Add(one => one.ValueChanged, (string? text) => changed?.Invoke(text)).Add(one => one.Faults, faults));

    [Fact]
    public async Task A_code_list_is_a_choice_by_name_and_a_value_outside_it_stays()
    {
        await using var page = new PageContext("en");
        var known = Render(page, "cases", "status", "handle");
        Assert.Equal("handle", known.Find("select").GetAttribute("value"));
        Assert.Contains("In handling handle", known.FindAll("option").Select(one => one.TextContent));
        var unknown = Render(page, "components", "status", "歪斜");
        Assert.Equal("歪斜", unknown.Find("input").GetAttribute("value"));
        Assert.NotEmpty(unknown.FindAll("datalist option"));
    }

    [Fact]
    public async Task A_long_list_of_classes_is_suggested_and_named()
    {
        await using var page = new PageContext();
        var input = Render(page, "components", "class_code", "0101");
        Assert.Equal("上水井盖 0101", input.Find("small").TextContent);
    }

    [Fact]
    public async Task Times_are_shown_in_the_citys_zone_and_kept_in_UTC()
    {
        await using var page = new PageContext();
        string? written = null;
        var input = Render(page, "cases", "deadline", "2026-01-31T16:30:00Z", text => written = text);
        Assert.Equal("2026-02-01T00:30:00", input.Find("input[type=datetime-local]").GetAttribute("value"));
        await input.Type("input", "2026-02-01T08:00:00");
        Assert.Equal("2026-02-01T00:00:00Z", written);
    }

    [Fact]
    public async Task A_fault_stands_at_its_field_for_eyes_and_ears()
    {
        await using var page = new PageContext();
        var input = Render(page, "components", "name", null, faults: "缺少必填字段。");
        Assert.Equal("缺少必填字段。", input.Find("[role=alert]").TextContent);
        Assert.Equal(input.Find("[role=alert]").Id, input.Find("input").GetAttribute("aria-describedby"));
        Assert.Equal("true", input.Find("input").GetAttribute("aria-invalid"));
        Assert.NotNull(input.Find("label abbr"));
    }
}
