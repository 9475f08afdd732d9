using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CityOps.Gis.PostGis;
using Microsoft.Playwright;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// The map in Debian's Chromium without its own windows, drawing in software: how long from the address to the first map that is fully drawn, with nothing in the browser's cache and again with
/// it, and until a picture of the screen is had, which waits for all that the software draws; then what happens to the page's frames while cameras, as many as Xiamen has, and components
/// are switched on and off.
/// </summary>
static class FirstMapBench
{
    const string Chromium = "/usr/bin/chromium-headless-shell";
    const int Runs = 9, Switches = 6, RestMs = 3_000, Cameras = 120_000;

    // Tells when the things happened that a first map waits for, and how long the longest frame and the longest task were.
    const string Watch = """
        const marks = window.marks = {};
        const mark = name => { marks[name] ??= performance.now(); };
        const Socket = window.WebSocket;
        window.WebSocket = class extends Socket { constructor(...all) { super(...all); mark('socket'); this.addEventListener('open', () => mark('connected')); } };
        new MutationObserver(() => {
            const map = document.querySelector('.map-view, .first-map');
            if (map) mark('element');
            if (map?.querySelector('canvas')) mark('canvas');
            if (map?.dataset.drawn === 'true') mark('drawn');
        }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-drawn'] });
        const strain = window.strain = { frame: 0, task: 0 };
        new PerformanceObserver(list => list.getEntries().forEach(({ duration }) => { strain.task = Math.max(strain.task, duration); })).observe({ type: 'longtask' });
        let last = 0;
        requestAnimationFrame(function look(now) { strain.frame = Math.max(strain.frame, last ? now - last : 0); last = now; requestAnimationFrame(look); });
        """;

    const string Told = """
        () => {
            const [navigation] = performance.getEntriesByType('navigation');
            const resources = performance.getEntriesByType('resource');
            const bundle = resources.find(one => one.name.endsWith('/dist/map.js'));
            return JSON.stringify({ document: navigation.responseEnd, ...marks, bundle: bundle?.responseEnd ?? 0,
                requests: resources.length + 1, kilobytes: (resources.reduce((sum, one) => sum + one.transferSize, 0) + navigation.transferSize) / 1000 });
        }
        """;

    public static async Task<int> Run(string[] arguments)
    {
        if (!File.Exists(Chromium))
        {
            Console.WriteLine("The browser is missing: apt-get install chromium-headless-shell");
            return 2;
        }
        var named = Array.IndexOf(arguments, "--database") is >= 0 and var at ? arguments[at + 1] : null;
        using var database = named is null ? new BenchDatabase() : null;
        var connection = named ?? await City(database!, BenchCity.Records(arguments));
        using var server = new ApiServer(connection);
        Say($"{BenchDatabase.Value<long>(connection, "select count(*) from gis.components"):N0} components and {BenchDatabase.Value<long>(connection, "select count(*) from gis.cameras"):N0} cameras, in memory: {await server.IsLive("components")}; {Environment.ProcessorCount} cores for database, server and a browser that draws in software");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
        await Load(browser, server.Url, keepsCache: false);
        var (cold, warm) = (new List<(double Drawn, double Seen)>(), new List<(double Drawn, double Seen)>());
        for (var run = 0; run < Runs; run++)
        {
            var (first, again) = await Load(browser, server.Url, keepsCache: true);
            cold.Add(first);
            warm.Add(again);
        }
        foreach (var (when, times) in new[] { ("with an empty cache", cold), ("again", warm) })
            Say($"  first map {when}, p50 of {Runs}: drawn after {Middle(times, one => one.Drawn):0} ms ({times.Min(one => one.Drawn):0} to {times.Max(one => one.Drawn):0}), a picture of the screen after {Middle(times, one => one.Seen):0} ms");
        var (task, frame) = await Switch(browser, server.Url);
        Say($"ratio first-map-ms {Middle(cold, one => one.Drawn):0} goal 2000 better lower");
        Say($"ratio first-map-again-ms {Middle(warm, one => one.Drawn):0} goal 2000 better lower");
        Say($"ratio switch-longest-task-ms {task:0} goal 100 better lower");
        Say($"ratio switch-longest-frame-ms {frame:0} goal 300 better lower");
        return 0;
    }

    // The city with as many cameras as Xiamen has: those of the smaller one again and again, some metres beside.
    static async Task<string> City(BenchDatabase database, string records)
    {
        var of = await BenchCity.Database(database, records);
        var name = "first_map_" + records;
        NpgsqlConnection.ClearAllPools();
        database.Make(name, new NpgsqlConnectionStringBuilder(of).Database);
        await database.Prepare(name);
        var connection = new NpgsqlConnectionStringBuilder(of) { Database = name }.ConnectionString;
        string[] same = [.. LayerTable.ColumnsOf(BenchDatabase.Catalog.Find("cameras")!).Select(column => column.Name).Where(column => column is not ("fid" or "geom" or "camera_id")).Select(SqlName.Quote)];
        BenchDatabase.Run(connection, string.Create(CultureInfo.InvariantCulture, $"""
            insert into gis.cameras (geom, camera_id, {string.Join(", ", same)})
            select ST_Translate(geom, 0.00007 * copy, 0.00005 * (copy % 4)), camera_id || '-' || copy, {string.Join(", ", same)}
            from gis.cameras, generate_series(1, 1 + {Cameras} / (select greatest(1, count(*))::int from gis.cameras)) copy
            order by copy limit greatest(0, {Cameras} - (select count(*) from gis.cameras))
            """));
        BenchDatabase.Run(connection, "vacuum (analyze) gis.cameras");
        return connection;
    }

    // A context has a cache of its own.
    static async Task<((double Drawn, double Seen) First, (double Drawn, double Seen) Again)> Load(IBrowser browser, string url, bool keepsCache)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 720 }, Locale = "zh-CN" });
        await context.AddInitScriptAsync(Watch);
        var page = await context.NewPageAsync();
        var first = await Drawn(page, () => page.GotoAsync(url));
        if (!keepsCache)
            return (first, default);
        // The page is still at work after its first map; people look at it before they load it again.
        await page.WaitForTimeoutAsync(RestMs);
        return (first, await Drawn(page, () => page.GotoAsync(url)));
    }

    static async Task<(double Drawn, double Seen)> Drawn(IPage page, Func<Task> open)
    {
        var clock = Stopwatch.StartNew();
        await open();
        await page.WaitForFunctionAsync("() => window.marks?.drawn");
        await page.ScreenshotAsync();
        var seen = clock.Elapsed.TotalMilliseconds;
        var told = JsonDocument.Parse(await page.EvaluateAsync<string>(Told)).RootElement;
        double At(string name) => told.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
        Say($"  document {At("document"):0}, bundle {At("bundle"):0}, socket {At("socket"):0}, connected {At("connected"):0}, map's element {At("element"):0}, its canvas {At("canvas"):0}, drawn {At("drawn"):0}, seen {seen:0} ms; {At("requests"):0} requests, {At("kilobytes"):0} kB");
        return (At("drawn"), seen);
    }

    static async Task<(double Task, double Frame)> Switch(IBrowser browser, string url)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 720 } });
        await context.AddInitScriptAsync(Watch);
        var page = await context.NewPageAsync();
        var (task, frame) = (0.0, 0.0);
        foreach (var layers in new[] { "components,cameras", "components,cameras,districts,roads" })
            foreach (var zoom in new[] { "", "&at=15/24.4798/118.0894" })
            {
                await page.GotoAsync($"{url}/?layers={layers}{zoom}");
                await page.WaitForFunctionAsync("() => window.marks?.drawn");
                await page.EvaluateAsync("() => Object.assign(strain, { frame: 0, task: 0 })");
                for (var switched = 0; switched < Switches; switched++)
                    foreach (var layer in new[] { "components", "cameras" })
                    {
                        await page.ClickAsync($"[data-layer={layer}]");
                        await page.WaitForTimeoutAsync(400);
                    }
                var strain = JsonDocument.Parse(await page.EvaluateAsync<string>("() => JSON.stringify(strain)")).RootElement;
                Say($"  {layers}{zoom}: on and off {Switches} times: longest task {strain.GetProperty("task").GetDouble():0} ms, longest frame {strain.GetProperty("frame").GetDouble():0} ms");
                (task, frame) = (Math.Max(task, strain.GetProperty("task").GetDouble()), Math.Max(frame, strain.GetProperty("frame").GetDouble()));
            }
        return (task, frame);
    }

    static double Middle<T>(List<T> values, Func<T, double> of) => values.Select(of).Order().ElementAt(values.Count / 2);

    static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
