using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>A browser tab with the map page.</summary>
public sealed class MapTab : IAsyncDisposable
{
    readonly string _root;

    public MapTab(IPage page, string root)
    {
        Page = page;
        _root = root;
        page.SetDefaultTimeout(15_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Complaints.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings in the browser's console.</summary>
    public ConcurrentBag<string> Complaints { get; } = [];
    public ConcurrentBag<string> Requests { get; } = [];
    public ILocator Panel => Page.Locator(".panel");
    public ILocator Map => Page.Locator(".map-view");

    public async Task Go(string address)
    {
        await Page.GotoAsync(_root + address);
        await Map.WaitForAsync();
    }

    /// <summary>Waits until MapLibre has nothing left to load or draw, and stays so for a moment.</summary>
    public async Task Drawn()
    {
        for (var calm = 0; calm < 3; calm++)
        {
            await Page.WaitForSelectorAsync(".map-view[data-drawn=true]", new() { Timeout = 30_000 });
            await Page.WaitForTimeoutAsync(150);
        }
    }

    /// <summary>Where the middle of the map is in the window, pixels.</summary>
    public async Task<(float X, float Y)> Middle()
    {
        var box = (await Map.BoundingBoxAsync())!;
        return (box.X + box.Width / 2, box.Y + box.Height / 2);
    }

    public async Task ClickMiddle()
    {
        var (x, y) = await Middle();
        await Page.Mouse.ClickAsync(x, y);
    }

    /// <summary>Colour of the window's pixel at a distance from the map's middle, as <c>#rrggbb</c>: what people see, from a screenshot.</summary>
    public async Task<string> ColorAt(float right, float down)
    {
        var (x, y) = await Middle();
        var picture = Convert.ToBase64String(await Page.ScreenshotAsync());
        return await Page.EvaluateAsync<string>("""
            async ([picture, x, y]) => {
                const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + picture)).blob());
                const canvas = new OffscreenCanvas(image.width, image.height);
                const pen = canvas.getContext('2d');
                pen.drawImage(image, 0, 0);
                return '#' + [...pen.getImageData(x, y, 1, 1).data].slice(0, 3).map(part => part.toString(16).padStart(2, '0')).join('');
            }
            """, new object[] { picture, (int)Math.Round(x + right), (int)Math.Round(y + down) });
    }

    /// <summary>Greatest difference of a channel between two colours.</summary>
    public static int Difference(string one, string other)
        => Enumerable.Range(0, 3).Max(part => Math.Abs(Channel(one, part) - Channel(other, part)));

    /// <summary>Keeps a picture under <c>.data/test-results</c> for people to look at.</summary>
    public async Task Keep(string name)
    {
        var folder = Environment.GetEnvironmentVariable("CITYOPS_ROOT") is { Length: > 0 } root ? Path.Combine(root, ".data", "test-results") : Path.Combine(AppContext.BaseDirectory, "TestResults");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    static int Channel(string color, int part) => int.Parse(color.AsSpan(1 + 2 * part, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
