using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd.Access;

/// <summary>The deliveries of a surveyor who sees a district, in a real browser.</summary>
public sealed class SurveyorJourneys(SignInMap city) : IClassFixture<SignInMap>
{
    static readonly JurisdictionScope Siming = new() { Districts = ["350203"] };

    [Theory]
    [InlineData("zh-CN", ColorScheme.Light)]
    [InlineData("en-GB", ColorScheme.Dark)]
    public async Task A_surveyor_of_a_district_finds_own_deliveries_only_and_no_page_of_anothers(string language, ColorScheme theme)
    {
        var (id, name, password) = await city.Person(Role.Surveyor, Siming);
        var batch = await Delivery("另一队.zip", Guid.NewGuid());
        var own = await Delivery("自己的.zip", id);
        await using var tab = await city.Blank(language);
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await tab.Page.GotoAsync(city.Root + "/imports");
        await SignInMap.SignIn(tab, name, password);

        await Expect(tab.Page.Locator("[data-own]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("nav a[href='/imports']")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-deliveries] tbody tr")).ToHaveCountAsync(1);
        await Expect(tab.Page.Locator("[data-deliveries]")).ToContainTextAsync("自己的.zip");
        await tab.Keep($"surveyor-imports-{theme}-{language}");
        await tab.Page.GotoAsync($"{city.Root}/imports/{own}");
        await Expect(tab.Page.Locator("[data-waits]")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("[data-publish]")).ToHaveCountAsync(0);
        await tab.Keep($"surveyor-batch-{theme}-{language}");
        await tab.Page.GotoAsync($"{city.Root}/imports/{batch}");

        await Expect(tab.Page.Locator(".part[role=alert]")).ToContainTextAsync(language == "zh-CN" ? $"没有批次 {batch}" : $"There is no batch {batch}");
        Assert.DoesNotContain("另一队", await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_import_has_no_link_to_the_imports()
    {
        await using var tab = await city.SignedIn(Role.Viewer);

        await Expect(tab.Page.Locator("nav a[href='/grids']")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("nav a[href='/imports']")).ToHaveCountAsync(0);
    }

    /// <summary>A delivery that is checked and waits, made within the district.</summary>
    async Task<long> Delivery(string name, Guid maker) => await city.Database.Value<long>($$$"""
        with batch as (
            insert into cityops.batch (layer_id, state, path, file_hash, settings, counts, made_by_id, made_by, scope)
            values ('components', 'staged', '/srv/{{{name}}}', 'x', '{"layerId":"components"}', '{"delivered":40,"accepted":38,"refused":2,"added":38,"issues":{"OutsideScope":2}}', '{{{maker}}}', '普查队', array['district:350203']) returning id)
        insert into cityops.import_job (name, state, task, settings, batch_id, started_by_id, started_by, scope)
        select '{{{name}}}', 'staged', 'import', '{"layerId":"components"}', id, '{{{maker}}}', '普查队', array['district:350203'] from batch returning batch_id
        """);
}
