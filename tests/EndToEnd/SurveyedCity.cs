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

    /// <summary>A folder as it lies on the team's disk: lamps in a folder of their own, a picture in another.</summary>
    public string Folder(string name, IEnumerable<SmallSurvey.Lamp> lamps, int pictureBytes)
    {
        var folder = Path.Combine(_files.File($"{++_made}"), name);
        SmallSurvey.Write(Path.Combine(folder, "路灯", "路灯"), lamps);
        Directory.CreateDirectory(Path.Combine(folder, "照片"));
        File.WriteAllBytes(Path.Combine(folder, "照片", "总图.jpg"), new byte[pictureBytes]);
        return folder;
    }

    /// <summary>Drops a file or a folder of the disk on the page as the system does when people drag it there (Input.dispatchDragEvent of the DevTools protocol).</summary>
    public static async Task Drop(MapTab tab, string path)
    {
        await tab.Page.WaitForSelectorAsync("[data-upload][data-ready]");
        var box = (await tab.Page.Locator("[data-drop]").BoundingBoxAsync())!;
        var session = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        foreach (var type in new[] { "dragEnter", "dragOver", "drop" })
            await session.SendAsync("Input.dispatchDragEvent", new()
            {
                ["type"] = type, ["x"] = box.X + box.Width / 2, ["y"] = box.Y + box.Height / 2,
                ["data"] = new Dictionary<string, object> { ["items"] = Array.Empty<object>(), ["files"] = new[] { path }, ["dragOperationsMask"] = 1 },
            });
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

    /// <summary>Waits until a colour is somewhere on the map, and says where in the window: what people see, from a screenshot.</summary>
    public static async Task<(float X, float Y)> Find(MapTab tab, string color)
    {
        for (var left = 60; left > 0; left--, await tab.Page.WaitForTimeoutAsync(250))
        {
            var box = (await tab.Map.BoundingBoxAsync())!;
            var at = await tab.Page.EvaluateAsync<float[]>("""
                async ([picture, color]) => {
                    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), letter => letter.charCodeAt(0))]));
                    const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
                    pen.drawImage(image, 0, 0);
                    const { data } = pen.getImageData(0, 0, image.width, image.height);
                    const wanted = [1, 3, 5].map(from => parseInt(color.slice(from, from + 2), 16));
                    for (let at = 0; at < data.length; at += 4)
                        if (wanted.every((part, channel) => Math.abs(data[at + channel] - part) <= 6))
                            return [at / 4 % image.width, Math.floor(at / 4 / image.width)];
                    return [];
                }
                """, new[] { await tab.MapPicture(), color });
            if (at.Length == 2)
                return (box.X + at[0], box.Y + at[1]);
        }
        throw new Xunit.Sdk.XunitException($"Nothing on the map is {color}.");
    }
}
