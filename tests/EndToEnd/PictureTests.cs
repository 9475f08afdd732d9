using System.Text;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The map as a picture to hand on.</summary>
public sealed class PictureTests(CoastMap city)
{
    const string MunicipalBlue = "#2563a8";

    [Fact]
    public async Task The_view_is_saved_as_PNG_with_title_legend_and_scale()
    {
        await using var tab = await city.Open("/?at=15/24.4655/118.0755&department=11");
        await tab.Drawn();
        var bytes = await Made(tab, "井盖巡查图", isPdf: false);
        await File.WriteAllBytesAsync(Path.Combine(MapTab.Folder, "map-picture.png"), bytes, TestContext.Current.CancellationToken);
        var picture = await Facts(tab, bytes);
        var map = (await tab.Map.BoundingBoxAsync())!;
        // The page is twice as fine as the screen, with 28 pixels about the map and the legend below.
        Assert.Equal((int)((map.Width + 56) * 2), picture[0]);
        Assert.InRange(picture[1], (map.Height + 150) * 2, (map.Height + 500) * 2);
        // Letters of the title, the blue of the drawn components, and that of the legend.
        Assert.InRange(picture[2], 200, 100_000);
        Assert.InRange(picture[3], 500, 1_000_000);
        Assert.InRange(picture[4], 100, 10_000);
        Assert.Equal("", string.Join('\n', tab.Complaints));
    }

    [Fact]
    public async Task The_view_is_saved_as_a_PDF_of_one_page()
    {
        await using var tab = await city.Open("/?at=15/24.4655/118.0755", language: "en-GB");
        await tab.Drawn();
        var bytes = await Made(tab, "City map", isPdf: true);
        var text = Encoding.Latin1.GetString(bytes);
        Assert.StartsWith("%PDF-", text);
        Assert.Contains("/Count 1", text);
        Assert.Contains("/Subtype /Image", text);
        Assert.InRange(bytes.Length, 50_000, 8_000_000);
    }

    [Theory]
    [InlineData("/?at=15/24.4655/118.0755&department=11", "map")]
    [InlineData("/analysis?layer=components&cell=district", "analysis")]
    public async Task A_page_that_is_printed_is_the_map_with_its_title_legend_scale_and_date_on_A4(string address, string name)
    {
        await using var tab = await city.Open(address);
        await Expect(tab.Page.Locator("[data-printed] .footer")).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"20\d\d-\d\d-\d\d"));
        await tab.Drawn();
        var bytes = await tab.Page.PdfAsync(new() { PreferCSSPageSize = true, Path = Path.Combine(MapTab.Folder, $"print-{name}.pdf") });
        var text = Encoding.Latin1.GetString(bytes);
        // A4 in points, and a picture as fine as the screen.
        Assert.Matches(@"/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]", text);
        Assert.Contains("/Subtype /Image", text, StringComparison.Ordinal);
        if (name == "map")
            Assert.Contains("/Count 1", text, StringComparison.Ordinal);

        // As the browser lays it out on paper: the picture of the map below its title, the legend below it.
        await tab.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await tab.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(MapTab.Folder, $"print-{name}.png"), FullPage = true });
        var (title, map) = ((await tab.Page.Locator("[data-printed] h1").BoundingBoxAsync())!, (await tab.Page.Locator(".map-printed").First.BoundingBoxAsync())!);
        var legend = (await tab.Page.Locator(name == "map" ? "[data-printed] .of-layer" : "[data-result] .legend").First.BoundingBoxAsync())!;
        Assert.True(title.Y + title.Height <= map.Y && map.Y + map.Height <= legend.Y, "Title, map and legend do not stand one below the other.");
        await Expect(tab.Page.Locator(".mud-appbar")).ToBeHiddenAsync();
        Assert.InRange(await tab.Page.Locator(".map-printed").First.EvaluateAsync<int>("""
            canvas => { const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); return new Set(data.filter((_, at) => at % 4 === 0)).size; }
            """), 10, 256);
    }

    [Fact]
    public async Task A_picture_that_waits_for_what_does_not_come_can_be_given_up()
    {
        await using var tab = await city.Open("/?at=15/24.4655/118.0755&layers=components", language: "en-GB");
        await tab.Drawn();
        await tab.Page.RouteAsync("**/tiles/cameras/**", _ => Task.CompletedTask);
        await tab.Page.Locator("[data-layer=cameras]").CheckAsync(new() { Force = true });
        await tab.Page.Locator("[data-picture-open]").ClickAsync();
        await tab.Page.Locator("[data-picture-make]").ClickAsync();
        await tab.Page.Locator("[data-picture-stop]").ClickAsync();
        await Expect(tab.Page.Locator("[data-picture-outcome]")).ToHaveTextAsync("Stopped.");
        await Expect(tab.Page.Locator("[data-picture-make]")).ToBeEnabledAsync();
    }

    static async Task<byte[]> Made(MapTab tab, string title, bool isPdf)
    {
        await tab.Page.Locator("[data-picture-open]").ClickAsync();
        await tab.Page.Locator("[data-picture-title]").FillAsync(title);
        if (isPdf)
            await tab.Page.Locator("[data-picture-pdf]").CheckAsync();
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.Locator("[data-picture-make]").ClickAsync(), new() { Timeout = 60_000 });
        Assert.Equal(title + (isPdf ? ".pdf" : ".png"), download.SuggestedFilename);
        await Expect(tab.Page.Locator("[data-picture]")).ToHaveCountAsync(0);
        using var memory = new MemoryStream();
        await using (var stream = await download.CreateReadStreamAsync())
            await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    // Width, height, dark pixels of the title, blue pixels of the map, blue pixels below it.
    static Task<int[]> Facts(MapTab tab, byte[] bytes) => tab.Page.EvaluateAsync<int[]>("""
        async ([picture, blue]) => {
            const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), letter => letter.charCodeAt(0))]));
            const pen = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true });
            pen.drawImage(image, 0, 0);
            const wanted = [1, 3, 5].map(at => parseInt(blue.slice(at, at + 2), 16));
            const map = document.querySelector('.map-view').clientHeight * 2;
            const count = (top, height, is) => {
                const { data } = pen.getImageData(0, top, image.width, height);
                let found = 0;
                for (let at = 0; at < data.length; at += 4)
                    found += is(data.slice(at, at + 3)) ? 1 : 0;
                return found;
            };
            const isBlue = color => wanted.every((part, at) => Math.abs(part - color[at]) < 16);
            return [image.width, image.height, count(20, 100, color => color.every(part => part < 90)), count(200, map - 100, isBlue), count(map + 200, image.height - map - 200, isBlue)];
        }
        """, new object[] { Convert.ToBase64String(bytes), MunicipalBlue });
}
