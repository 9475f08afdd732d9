using System.Text.RegularExpressions;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>How layers are drawn beyond their colour: fields of view, opacities.</summary>
public sealed class LayerLookTests(CoastMap city) : IClassFixture<CoastMap>
{
    const string MunicipalBlue = "#2563a8", Sea = "#dce6ec", CameraBlue = "#3f62c4", SeenSea = "#b0c1e1";

    [Fact]
    public async Task A_thing_bears_the_sign_of_its_class_from_near()
    {
        await using var tab = await city.Open(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}&layers=components"));
        await tab.BecomesAt(0, 0, MunicipalBlue);
        // The ring of a manhole cover is white on the disc.
        await tab.LosesAt(5, 0, MunicipalBlue);
        await tab.BecomesAt(9, 0, MunicipalBlue);
        await tab.Keep("map-sign");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task Where_things_stand_close_one_bears_its_sign_and_the_others_are_dots()
    {
        // At this zoom a pixel is 54 centimetres, and a sign has 15 of them.
        await city.Database.Run("""
            insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, owner_name, status, first_date, geom)
            select '35020304040009' || to_char(n, 'FM00'), '行道树', '0404', 'cjt214-2007', '12', '市政园林局', '厦门市城市管理局', '完好', '2021-05-20',
                   ST_SetSRID(ST_MakePoint(case n when 9 then 118.132 else 118.128 + n % 3 * 0.000014 end, 24.437 + case n when 9 then 0 else n / 3 * 0.000014 end), 4490)
            from generate_series(0, 9) n
            """);
        await city.Serves("components", 118.128, 24.437, "3502030404000908");
        await city.Serves("components", 118.132, 24.437, "3502030404000909");
        var none = await White("118.136");
        var (alone, close) = (await White("118.132") - none, await White("118.128") - none);
        Assert.InRange(alone, 60, 200);
        Assert.InRange(close, alone * 0.7, alone * 1.5);

        async Task<int> White(string longitude)
        {
            await using var tab = await city.Open($"/?at=18/24.437/{longitude}&layers=components");
            await tab.Drawn();
            await tab.Keep("map-signs-" + longitude);
            return await tab.PixelsOf("#ffffff");
        }
    }

    [Fact]
    public async Task Names_stand_beside_things_from_near_and_not_from_farther_away()
    {
        // The layer's colour, darker (looks.js); half of the thin strokes is the halo around them.
        const string letters = "#5b7e75";
        await using var tab = await city.Open(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/?at=18/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}&layers=components"));
        await tab.Drawn();
        Assert.InRange(await tab.PixelsOf(letters), 0, 20);
        await tab.Page.Locator(".map-stage").PressAsync("+");
        await tab.Drawn();
        await tab.Keep("map-names");
        Assert.InRange(await tab.PixelsOf(letters), 60, 20_000);
    }

    [Fact]
    public async Task A_camera_shows_what_it_sees_and_fades_as_its_slider_says()
    {
        await city.Database.Run("""
            insert into gis.cameras (camera_id, name, status, direction, field_of_view, range_m, department, geom)
            values ('EAST', '朝东', 'online', 90, 60, 60, '11', ST_SetSRID(ST_MakePoint(118.128, 24.434), 4490))
            """);
        await city.Serves("cameras", 118.128, 24.434, "EAST");
        await using var tab = await city.Open("/?at=19/24.434/118.128&layers=cameras");
        await tab.Drawn();
        await tab.BecomesAt(0, 0, CameraBlue);
        // A pixel is 27 centimetres: 20 metres to the east lie within the field of view, as far to the west outside.
        await tab.BecomesAt(74, 0, SeenSea);
        await tab.BecomesAt(-74, 0, Sea);
        await tab.Keep("map-sector");

        await tab.Page.Locator("[data-opacity-open=cameras]").ClickAsync();
        await tab.Page.Locator("[data-opacity=cameras]").FillAsync("20");
        await Expect(tab.Page).ToHaveURLAsync(new Regex("opacity=cameras:0.2"));
        await tab.LosesAt(0, 0, CameraBlue);
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task A_layer_costs_nothing_before_it_is_shown_and_is_shown_as_the_theme_is_by_then()
    {
        await using var tab = await city.Open(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/?at=19/{Coast.LonelyLatitude}/{Coast.LonelyLongitude}&layers=components"));
        await tab.BecomesAt(9, 0, MunicipalBlue);
        Assert.DoesNotContain(tab.Requests, url => url.Contains("/layers/districts/labels", StringComparison.Ordinal) || url.Contains("/tiles/unit_grids/", StringComparison.Ordinal));

        await tab.Page.Locator("[data-layer=unit_grids]").CheckAsync();
        await tab.Drawn();
        Assert.Contains(tab.Requests, url => url.Contains("/tiles/unit_grids/", StringComparison.Ordinal));

        // The ring of a disc is white by day; hidden while the theme changes, the disc comes back with a dark one.
        const int ring = 12;
        await tab.BecomesAt(-ring, 0, "#ffffff");
        await tab.Page.Locator("[data-layer=components]").UncheckAsync();
        await tab.LosesAt(9, 0, MunicipalBlue);
        await tab.Page.Locator("[data-theme-switch]").SelectOptionAsync("dark");
        await tab.Page.Locator("[data-layer=components]").CheckAsync();
        await tab.BecomesAt(9, 0, MunicipalBlue);
        await tab.LosesAt(-ring, 0, "#ffffff");
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }
}
