using Bunit;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components.Views;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components.Views;

public sealed class ViewMenuTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    static readonly Caller Ann = new("0123456789abcdef0123456789abcdef", "Ann", Role.Viewer.Permissions, null);

    [Fact]
    public async Task The_present_address_is_kept_under_a_name_without_its_language()
    {
        await using var page = new PageContext("en", database.Source);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/?at=15/24.46/118.07&lang=en&district=350203");
        var menu = page.Render<ViewMenu>(set => set.AddCascadingValue(Ann));
        await menu.Click("[data-views]");
        menu.WaitForElement("[data-no-views]");
        await menu.Type("[data-view-name]", "Morning ");
        await menu.Submit("form");
        menu.WaitForElement("[data-view=Morning]");
        Assert.Equal("/?at=15/24.46/118.07&district=350203", Assert.Single(await new SavedViews(database.Source).List(Ann.Id!)).Address);
    }

    [Fact]
    public async Task Without_a_person_there_is_no_menu()
    {
        await using var page = new PageContext("en", database.Source);
        Assert.Equal("", page.Render<ViewMenu>().Markup);
    }
}
