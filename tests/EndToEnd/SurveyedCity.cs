using System.IO.Compression;
using CityOps.Gis.Testing;
using Microsoft.Playwright;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>A small city whose survey teams bring their deliveries by the page.</summary>
public sealed class SurveyedCity() : HostedMap(SmallCity.Sql)
{
    readonly TempFolder _files = new();
    int _made;

    /// <summary>A zip with a shapefile of lamps in GBK, as it lies on the team's disk.</summary>
    public string Zip(string name, IEnumerable<SmallSurvey.Lamp> lamps, string? prj = SmallSurvey.Cgcs2000)
    {
        var folder = _files.File($"{++_made}");
        SmallSurvey.Write(Path.Combine(folder, "路灯"), lamps, prj: prj);
        ZipFile.CreateFromDirectory(folder, _files.File(name), CompressionLevel.NoCompression, includeBaseDirectory: false);
        return _files.File(name);
    }

    /// <summary>A tab on a page without a map.</summary>
    public async Task<MapTab> Show(string address, string language = "zh-CN", int width = 1440, int height = 900)
    {
        var tab = await Open("/", language, width, height);
        await tab.Page.GotoAsync(Root + address);
        return tab;
    }

    /// <summary>Brings a zip by the page and goes on to its delivery.</summary>
    public static async Task Bring(MapTab tab, string zip)
    {
        await Choose(tab, zip);
        await tab.Page.WaitForURLAsync("**/imports/deliveries/*");
        await Assertions.Expect(tab.Page.Locator("[data-start]")).ToBeEnabledAsync(new() { Timeout = 20_000 });
    }

    /// <summary>Chooses a file as soon as the page listens.</summary>
    public static async Task Choose(MapTab tab, string zip)
    {
        await tab.Page.WaitForSelectorAsync("[data-upload][data-ready]");
        await tab.Page.SetInputFilesAsync("[data-files]", zip);
    }

    /// <summary>Starts the check and waits for the batch's page.</summary>
    public static async Task Check(MapTab tab)
    {
        await tab.Page.ClickAsync("[data-start]");
        await tab.Page.WaitForURLAsync(url => System.Text.RegularExpressions.Regex.IsMatch(url, @"/imports/\d+"), new() { Timeout = 30_000 });
        await tab.Page.WaitForSelectorAsync("[data-outcome]");
    }

    /// <summary>Clicks a button that asks once more, and says yes.</summary>
    public static async Task Confirm(MapTab tab, string button)
    {
        await tab.Page.ClickAsync(button);
        await tab.Page.ClickAsync("[data-yes]");
    }
}
