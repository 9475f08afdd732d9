using System.Collections;
using Microsoft.Playwright;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>Debian's Chromium without its own windows, drawing in software: one for all tests, each of which opens a context of its own.</summary>
static class SharedBrowser
{
    public const string Path = "/usr/bin/chromium-headless-shell";

    /// <summary>All drawing is the processor's, also where Mesa would use a graphics card, and its llvmpipe does it: it takes two thirds of the time of the browser's own SwiftShader.</summary>
    public static BrowserTypeLaunchOptions Options => new()
    {
        ExecutablePath = Path,
        Args = ["--no-sandbox", "--use-gl=angle", "--use-angle=gl-egl", "--ignore-gpu-blocklist"],
        Env = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Prepend(new("LIBGL_ALWAYS_SOFTWARE", "1")).DistinctBy(one => one.Key).ToDictionary(one => (string)one.Key, one => (string)one.Value!),
    };

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
        return await playwright.Chromium.LaunchAsync(Options);
    }
}
