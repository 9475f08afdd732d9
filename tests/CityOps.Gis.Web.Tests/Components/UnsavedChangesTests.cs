using Bunit;
using CityOps.Gis.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>Whoever leaves changes that are not saved is asked.</summary>
public sealed class UnsavedChangesTests
{
    [Fact]
    public async Task Another_address_is_gone_to_only_after_the_changes_were_let_go()
    {
        await using var page = new PageContext("en");
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        var form = Render(page, isChanged: true);

        navigation.NavigateTo("/analysis");
        await form.Click("[data-stay]");
        Assert.Equal("http://localhost/", navigation.Uri);
        Assert.Empty(form.FindAll("[role=alertdialog]"));

        navigation.NavigateTo("/analysis");
        await form.Click("[data-discard]");
        form.WaitForAssertion(() => Assert.Equal("http://localhost/analysis", navigation.Uri));
    }

    [Fact]
    public async Task Nothing_is_asked_where_nothing_was_changed_or_the_page_only_writes_its_state()
    {
        await using var page = new PageContext("en");
        var navigation = page.Services.GetRequiredService<NavigationManager>();
        var form = Render(page, isChanged: false);
        navigation.NavigateTo("/grids");
        Assert.Equal("http://localhost/grids", navigation.Uri);

        form.Render(set => set.Add(one => one.IsChanged, true).Add(one => one.Stays, target => target.Query.Contains("fault=7", StringComparison.Ordinal)));
        navigation.NavigateTo("/imports/3?fault=7");
        Assert.Equal("http://localhost/imports/3?fault=7", navigation.Uri);
        Assert.Empty(form.FindAll("[role=alertdialog]"));
    }

    [Fact]
    public async Task Escape_keeps_on_editing_and_what_is_changed_after_it_was_let_go_is_asked_about_again()
    {
        await using var page = new PageContext("en");
        var form = Render(page, isChanged: true);
        var asked = form.InvokeAsync(form.Instance.MayLeave);
        await form.Press("[role=alertdialog]", "Escape");
        Assert.False(await asked);

        asked = form.InvokeAsync(form.Instance.MayLeave);
        await form.Click("[data-discard]");
        Assert.True(await asked);
        Assert.True(await form.InvokeAsync(form.Instance.MayLeave));

        form.Render(set => set.Add(one => one.IsChanged, false));
        form.Render(set => set.Add(one => one.IsChanged, true));
        _ = form.InvokeAsync(form.Instance.MayLeave);
        form.WaitForElement("[data-stay]");
    }

    static IRenderedComponent<UnsavedChanges> Render(PageContext page, bool isChanged) => page.Render<UnsavedChanges>(set => set.Add(one => one.IsChanged, isChanged));
}
