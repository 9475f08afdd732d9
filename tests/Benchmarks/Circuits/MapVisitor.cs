using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>
/// Somebody at the map: pans, chooses areas, periods and departments, switches layers, selects features, with a pause after each. What the map's module in the browser would do
/// is done too: it reports where the map is, moves where it is told, and takes the tiles it has not got.
/// </summary>
sealed class MapVisitor(HttpClient http, CookieContainer cookies, IReadOnlyList<VisitedFeature> features, int seed) : IAsyncDisposable
{
    static readonly TimeSpan MeanPause = TimeSpan.FromSeconds(2.5);
    static readonly string[] Switched = ["cameras", "cases", "devices", "roads", "unit_grids"];
    static readonly string[] Periods = ["all", "7", "30", "year"];
    readonly Random _random = new(seed);
    readonly MapTiles _tiles = new(http);
    readonly Dictionary<string, TaskCompletionSource> _awaited = [];
    Circuit? _circuit;
    long _map;
    (double Zoom, double Latitude, double Longitude) _view;

    /// <summary>What was done.</summary>
    public List<Interaction> Done { get; } = [];

    /// <summary>What could not be done, in the server's words: mostly a row that was rendered anew while it was clicked.</summary>
    public List<string> Missed { get; } = [];

    /// <summary>Opens the map near a feature; ends when its first tiles are there.</summary>
    public async Task Open()
    {
        _view = Near(Somewhere(), 15);
        var made = Await("create");
        _circuit = await Circuit.Open(http, cookies, $"/?at={_view.Zoom}/{_view.Latitude}/{_view.Longitude}", Heard);
        await made.WaitAsync(TimeSpan.FromSeconds(30));
        await Report();
        await Click("data-place", _ => true);
    }

    /// <summary>Works until told to stop.</summary>
    public async Task Work(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Once();
            await Task.Delay(MeanPause * -Math.Log(1 - _random.NextDouble()), stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_circuit is not null)
            await _circuit.DisposeAsync();
    }

    Task Once() => _random.Next(100) switch
    {
        < 55 => Measure("pan", Pan, takesTiles: true),
        < 67 => Measure("layer", Switch, takesTiles: true),
        < 80 => Measure("area", Area, takesTiles: true),
        < 86 => Measure("period", () => Choose("data-period", "ask", Periods), takesTiles: true),
        < 90 => Measure("department", Department, takesTiles: true),
        _ => Measure("select", Select, takesTiles: false),
    };

    // The tiles come behind the answer, as in a browser, and before the next thing is done.
    async Task Measure(string what, Func<Task> act, bool takesTiles)
    {
        var (begun, bytes) = (Stopwatch.GetTimestamp(), _circuit!.Bytes);
        try
        {
            await act();
        }
        catch (InvalidOperationException fault)
        {
            Missed.Add($"{what}: {fault.Message}");
            return;
        }
        var milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var tiles = takesTiles ? await _tiles.Take(_view) : 0;
        // What is still said because of it.
        await Task.Delay(100);
        Done.Add(new(what, milliseconds, _circuit.Bytes - bytes, tiles));
    }

    Task Pan()
    {
        var step = 0.004 * Math.Pow(2, 15 - _view.Zoom);
        var zoom = Math.Clamp(_view.Zoom + (_random.Next(4) == 0 ? _random.Next(-1, 2) : 0), 12, 18);
        _view = (zoom, Math.Round(_view.Latitude + step * (_random.NextDouble() - 0.5), 6), Math.Round(_view.Longitude + step * (_random.NextDouble() - 0.5), 6));
        // Who strays from the city comes back.
        if (_random.Next(10) == 0)
            _view = Near(Somewhere(), zoom);
        return Report();
    }

    Task Report() => _circuit!.Invoke(_map, "ViewportChanged", _view.Zoom, _view.Latitude, _view.Longitude);

    Task Switch()
    {
        var box = _circuit!.Page.Find("data-layer").Where(one => Switched.Contains(one.Attributes["data-layer"])).ElementAt(_random.Next(Switched.Length));
        return Send(box, "change", new { value = !box.Attributes.ContainsKey("checked") }, "show");
    }

    async Task Area()
    {
        var areas = _circuit!.Page.Find("data-area");
        if (areas.Count == 0)
            return;
        await Send(areas[_random.Next(areas.Count)], "click", new { type = "click", detail = 1 }, null);
    }

    async Task Department()
    {
        if (_circuit!.Page.Find("data-department") is [var list])
            await Choose("data-department", "ask", [.. list.Below().Where(one => one.Name == "option").Select(one => one.Attributes["value"] ?? "")]);
    }

    Task Choose(string attribute, string told, string[] values)
        => Send(_circuit!.Page.Find(attribute)[0], "change", new { value = values[_random.Next(values.Length)] }, null);

    Task Select()
    {
        var feature = Somewhere();
        return _circuit!.Invoke(_map, "FeatureClicked", "components", feature.Fid, feature.Longitude, feature.Latitude, new { });
    }

    Task Click(string attribute, Func<RenderedNode, bool> isIt) => Send(_circuit!.Page.Find(attribute).First(isIt), "click", new { type = "click", detail = 1 }, null);

    // What is to be drawn is told to the map; only then has something happened for people.
    async Task Send(RenderedNode element, string kind, object happened, string? told)
    {
        var heard = told is null ? Task.CompletedTask : Await(told);
        await _circuit!.Send(element, kind, happened);
        await heard.WaitAsync(TimeSpan.FromSeconds(30));
    }

    Task Await(string function)
    {
        lock (_awaited)
            return (_awaited[function] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    void Heard(string function, JsonElement arguments)
    {
        switch (function)
        {
            case "create":
                _map = arguments[1].GetProperty("__dotNetObject").GetInt64();
                _tiles.Begin(arguments[3]);
                break;
            case "show":
                _tiles.Show(arguments[0]);
                break;
            case "ask":
                _tiles.Ask(arguments[0]);
                break;
            case "fit":
                Fit(arguments[0]);
                break;
        }
        lock (_awaited)
            if (_awaited.Remove(function, out var awaited))
                awaited.SetResult();
    }

    // The map goes there, and says so as soon as it has.
    void Fit(JsonElement bounds)
    {
        double Edge(string name) => bounds.GetProperty(name).GetDouble();
        var zoom = Math.Clamp(Math.Floor(Math.Log2(360 * 1280 / 256 / Math.Max(1e-4, Edge("east") - Edge("west")))), 10, 18);
        _view = (zoom, Math.Round((Edge("north") + Edge("south")) / 2, 6), Math.Round((Edge("east") + Edge("west")) / 2, 6));
        _ = Report();
    }

    VisitedFeature Somewhere() => features[_random.Next(features.Count)];

    static (double, double, double) Near(VisitedFeature feature, double zoom) => (zoom, Math.Round(feature.Latitude, 6), Math.Round(feature.Longitude, 6));
}
