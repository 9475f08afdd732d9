using System.Text.Json;

namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>The tiles of one map: what the server told it to draw, and what it has already.</summary>
sealed class MapTiles(HttpClient http)
{
    const int TilePixels = 512, Width = 1280, Height = 720, MostKept = 500;
    readonly HashSet<string> _kept = [];
    readonly Dictionary<string, (string Template, int Least, int Most)> _layers = [];
    string[] _visible = [];
    Dictionary<string, string> _queries = [];

    /// <param name="options">What the map's module is made with.</param>
    public void Begin(JsonElement options)
    {
        foreach (var layer in options.GetProperty("layers").EnumerateArray())
            _layers[layer.GetProperty("id").GetString()!] = (layer.GetProperty("tilesUrl").GetString()!, layer.GetProperty("zooms").GetProperty("min").GetInt32(), layer.GetProperty("zooms").GetProperty("max").GetInt32());
        Show(options.GetProperty("visible"));
        Ask(options.GetProperty("tilesQueries"));
    }

    public void Show(JsonElement visible) => _visible = [.. visible.EnumerateArray().Select(one => one.GetString()!)];

    public void Ask(JsonElement queries) => _queries = queries.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!);

    /// <summary>Takes the tiles of a view that are not there yet; answers how many.</summary>
    public async Task<int> Take((double Zoom, double Latitude, double Longitude) view)
    {
        if (_kept.Count > MostKept)
            _kept.Clear();
        var wanted = _visible.SelectMany(layer => Urls(layer, view)).Where(_kept.Add).ToList();
        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (url, cancel) =>
        {
            using var answer = await http.GetAsync(url, cancel);
            answer.EnsureSuccessStatusCode();
            await answer.Content.CopyToAsync(Stream.Null, cancel);
        });
        return wanted.Count;
    }

    // MapLibre's tiles are of 512 pixels, so its zoom is one less than Leaflet's.
    IEnumerable<string> Urls(string id, (double Zoom, double Latitude, double Longitude) view)
    {
        var (template, least, most) = _layers[id];
        var zoom = Math.Min(most, (int)Math.Floor(view.Zoom) - 1);
        if (zoom < least)
            yield break;
        var side = 1 << zoom;
        var scale = TilePixels * Math.Pow(2, view.Zoom - 1 - zoom);
        var (x, y) = ((view.Longitude + 180) / 360 * side, (1 - Math.Asinh(Math.Tan(view.Latitude * Math.PI / 180)) / Math.PI) / 2 * side);
        var (across, down) = (Width / scale / 2, Height / scale / 2);
        for (var column = (int)Math.Floor(x - across); column <= (int)Math.Floor(x + across); column++)
            for (var row = (int)Math.Floor(y - down); row <= (int)Math.Floor(y + down); row++)
                yield return template.Replace("{z}", $"{zoom}").Replace("{x}", $"{column}").Replace("{y}", $"{row}") + (_queries.TryGetValue(id, out var query) ? "?" + query : "");
    }
}
