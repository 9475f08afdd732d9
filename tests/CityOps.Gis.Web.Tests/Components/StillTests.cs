using Bunit;
using CityOps.Gis.Web.Components;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

public sealed class StillTests
{
    [Fact]
    public async Task What_a_page_shows_is_rendered_again_only_when_it_has_changed()
    {
        await using var page = new PageContext();
        var rendered = 0;
        RenderFragment content = into => into.AddContent(0, ++rendered);
        var still = page.Render<Still>(set => set.Add(one => one.Of, ("350203", 1)).Add(one => one.ChildContent, content));
        still.Render(set => set.Add(one => one.Of, ("350203", 1)).Add(one => one.ChildContent, content));
        Assert.Equal("1", still.Markup);
        still.Render(set => set.Add(one => one.Of, ("350203", 2)).Add(one => one.ChildContent, content));
        Assert.Equal("2", still.Markup);
    }
}
