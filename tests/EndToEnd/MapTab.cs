using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;
using Xunit;

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
        page.Response += (_, response) =>
        {
            if (response.Headers.TryGetValue("x-cityops-executor", out var executor))
                Answers.Add((response.Url, executor));
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings in the browser's console.</summary>
    public ConcurrentBag<string> Complaints { get; } = [];
    public ConcurrentBag<string> Requests { get; } = [];

    /// <summary>Tiles that came, and who made them.</summary>
    public ConcurrentBag<(string Url, string Executor)> Answers { get; } = [];
    public ILocator Panel => Page.Locator(".panel");
    public ILocator Map => Page.Locator(".map-view");

    public async Task Go(string address)
    {
        await GoToPage(address);
        await Map.WaitForAsync();
    }

    /// <summary>Opens a page that need not have a map.</summary>
    public Task GoToPage(string address) => Page.GotoAsync(_root + address);

    /// <summary>Waits until MapLibre has nothing left to load or draw, and stays so for a moment.</summary>
    public async Task Drawn()
    {
        await Page.WaitForFunctionAsync("""
            () => {
                const isCalm = [...document.querySelectorAll('.map-view')].every(map => map.dataset.drawn === 'true') && document.querySelector('.map-view');
                window.calmSince = isCalm ? window.calmSince ?? performance.now() : null;
                return isCalm && performance.now() - window.calmSince > 200;
            }
            """, null, new() { Timeout = 30_000, PollingInterval = 40 });
    }

    /// <summary>Where the middle of the map is in the window, pixels.</summary>
    public async Task<(float X, float Y)> Middle()
    {
        var box = (await Map.BoundingBoxAsync())!;
        return (box.X + box.Width / 2, box.Y + box.Height / 2);
    }

    /// <summary>Where a place in degrees is in the window, pixels, as the map was when it stood still last.</summary>
    public async Task<(float X, float Y)> PixelOf(double longitude, double latitude)
    {
        var edges = (await Map.GetAttributeAsync("data-box"))!.Split(',').Select(edge => double.Parse(edge, CultureInfo.InvariantCulture)).ToArray();
        var area = (await Map.BoundingBoxAsync())!;
        return ((float)(area.X + (longitude - edges[0]) / (edges[2] - edges[0]) * area.Width), (float)(area.Y + (edges[3] - latitude) / (edges[3] - edges[1]) * area.Height));
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
        var (left, top) = ((int)Math.Round(x + right), (int)Math.Round(y + down));
        var picture = Convert.ToBase64String(await Page.ScreenshotAsync(new() { Clip = new() { X = left, Y = top, Width = 1, Height = 1 } }));
        return await Page.EvaluateAsync<string>("""
            async picture => {
                const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), letter => letter.charCodeAt(0))]));
                const canvas = new OffscreenCanvas(image.width, image.height);
                const pen = canvas.getContext('2d');
                pen.drawImage(image, 0, 0);
                return '#' + [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part.toString(16).padStart(2, '0')).join('');
            }
            """, picture);
    }

    /// <summary>The mark beside a layer in the list that says who answers for it.</summary>
    public ILocator Sign(string layer) => Page.Locator($"label:has([data-layer={layer}]) [data-sign]");

    /// <summary>
    /// Colours of the pixel in the middle of the map in every picture that the browser shows while something is done, until the map is drawn again: each picture once it is
    /// on the screen (the screencast of the DevTools protocol).
    /// </summary>
    public async Task<IReadOnlyList<string>> Film(Func<Task> act)
    {
        var (x, y) = await Middle();
        var session = await Page.Context.NewCDPSessionAsync(Page);
        var pictures = new ConcurrentQueue<string>();
        session.Event("Page.screencastFrame").OnEvent += (_, frame) =>
        {
            pictures.Enqueue(frame!.Value.GetProperty("data").GetString()!);
            _ = session.SendAsync("Page.screencastFrameAck", new() { ["sessionId"] = frame.Value.GetProperty("sessionId").GetInt32() });
        };
        await session.SendAsync("Page.startScreencast", new() { ["format"] = "png", ["everyNthFrame"] = 1 });
        await act();
        await Drawn();
        await session.SendAsync("Page.stopScreencast");
        return await Page.EvaluateAsync<string[]>("""
            ([pictures, x, y]) => Promise.all(pictures.map(async picture => {
                const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), letter => letter.charCodeAt(0))]));
                const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
                pen.drawImage(image, 0, 0);
                return '#' + [...pen.getImageData(Math.round(x * image.width / innerWidth), Math.round(y * image.height / innerHeight), 1, 1).data].slice(0, 3).map(part => part.toString(16).padStart(2, '0')).join('');
            }))
            """, new object[] { pictures.ToArray(), (double)x, (double)y });
    }

    /// <summary>Who made the tiles of a layer that came so far.</summary>
    public string[] Executors(string layer)
        => [.. Answers.Where(answer => answer.Url.Contains($"/tiles/{layer}/", StringComparison.Ordinal)).Select(answer => answer.Executor).Distinct().Order()];

    /// <summary>Waits until a pixel has a colour, and fails saying which it has.</summary>
    public Task BecomesAt(float right, float down, string color) => Until(right, down, color, found => Difference(found, color) <= 12);

    public Task LosesAt(float right, float down, string color) => Until(right, down, "not " + color, found => Difference(found, color) >= 60);

    /// <summary>Makes the page believe that it is not seen, or seen again.</summary>
    public Task Hide(bool isHidden) => Page.EvaluateAsync("""
        isHidden => {
            Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
        }
        """, isHidden);

    public async Task<string> MapPicture()
    {
        var box = (await Map.BoundingBoxAsync())!;
        return Convert.ToBase64String(await Page.ScreenshotAsync(new() { Clip = new() { X = box.X, Y = box.Y, Width = box.Width, Height = box.Height } }));
    }

    /// <summary>Does nothing of the page lie beside the screen?</summary>
    public Task<bool> IsNoWiderThanTheScreen() => Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth");

    /// <summary>Number of the map's pixels that have a colour (<c>#rrggbb</c>), give or take eight in each channel.</summary>
    public async Task<int> PixelsOf(string color) => await Page.EvaluateAsync<int>("""
        async ([picture, color]) => {
            const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), letter => letter.charCodeAt(0))]));
            const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
            pen.drawImage(image, 0, 0);
            const { data } = pen.getImageData(0, 0, image.width, image.height);
            const wanted = [1, 3, 5].map(from => parseInt(color.slice(from, from + 2), 16));
            let found = 0;
            for (let at = 0; at < data.length; at += 4)
                found += wanted.every((part, channel) => Math.abs(data[at + channel] - part) <= 8) ? 1 : 0;
            return found;
        }
        """, new[] { await MapPicture(), color });

    /// <summary>Share of the pixels in which two pictures differ visibly.</summary>
    public Task<double> ShareOfDifference(string one, string other) => Page.EvaluateAsync<double>("""
        async pictures => {
            const [one, other] = await Promise.all(pictures.map(async picture => {
                const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), letter => letter.charCodeAt(0))]));
                const pen = new OffscreenCanvas(image.width, image.height).getContext('2d');
                pen.drawImage(image, 0, 0);
                return pen.getImageData(0, 0, image.width, image.height).data;
            }));
            let different = 0;
            for (let at = 0; at < one.length; at += 4)
                different += Math.max(...[0, 1, 2].map(part => Math.abs(one[at + part] - other[at + part]))) > 24 ? 1 : 0;
            return different / (one.length / 4);
        }
        """, new[] { one, other });

    /// <summary>Greatest difference of a channel between two colours.</summary>
    public static int Difference(string one, string other)
        => Enumerable.Range(0, 3).Max(part => Math.Abs(Channel(one, part) - Channel(other, part)));

    /// <summary>Where pictures for people are kept.</summary>
    public static string Folder
        => Environment.GetEnvironmentVariable("CITYOPS_ROOT") is { Length: > 0 } root ? Path.Combine(root, ".data", "test-results") : Path.Combine(AppContext.BaseDirectory, "TestResults");

    /// <summary>Keeps a picture under <c>.data/test-results</c> for people to look at.</summary>
    /// <param name="document">Name of the same picture in the documents, with <c>.zh</c> for the Chinese ones; written where <c>CITYOPS_PICTURES</c> names their folder.</param>
    public async Task Keep(string name, string? document = null)
    {
        var picture = await Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png") });
        if (document is not null && Environment.GetEnvironmentVariable("CITYOPS_PICTURES") is { Length: > 0 } documents)
            await File.WriteAllBytesAsync(Path.Combine(documents, document + ".png"), picture);
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    async Task Until(float right, float down, string wanted, Func<string, bool> isSo)
    {
        var found = "";
        for (var left = 60; left > 0 && !isSo(found = await ColorAt(right, down)); left--)
            await Page.WaitForTimeoutAsync(250);
        Assert.True(isSo(found), $"The pixel is {found}, not {wanted}.");
    }

    static int Channel(string color, int part) => int.Parse(color.AsSpan(1 + 2 * part, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
