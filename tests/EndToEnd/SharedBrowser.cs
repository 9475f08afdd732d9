using Microsoft.Playwright;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>Debian's Chromium without its own windows, drawing in software: one for all tests, each of which opens a context of its own.</summary>
static class SharedBrowser
{
    public const string Path = "/usr/bin/chromium-headless-shell";

    /// <summary>All drawing is the processor's.</summary>
    public static readonly string[] Arguments = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
    static readonly Lazy<Task<IBrowser?>> Launched = new(Launch);

    /// <summary>Null where there is no Chromium. It ends with the process of the tests.</summary>
    public static Task<IBrowser?> Get() => Launched.Value;

    static async Task<IBrowser?> Launch()
    {
        if (!File.Exists(Path))
            return null;
        // Two cores draw maps for several tests at once: five seconds are not always enough to show a form.
        Assertions.SetDefaultExpectTimeout(15_000);
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments });
    }
}
