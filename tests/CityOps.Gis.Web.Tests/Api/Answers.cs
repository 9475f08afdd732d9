using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api;

/// <summary>Reads which features a running host gives for a question, by each way to ask it.</summary>
/// <param name="person">Sent as the header <c>X-Person</c> to hosts that trust it; null = none.</param>
sealed class Answers(HttpClient http, string? person = null)
{
    const int Zoom = 10;

    /// <summary>The answer, whatever its status.</summary>
    public async Task<HttpResponseMessage> Get(string path, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (person is not null)
            request.Headers.Add("X-Person", person);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> Json(string path)
    {
        using var response = await Get(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {Uri.UnescapeDataString(path)}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>From the export; codes of the odd layers are their numbers.</summary>
    public async Task<List<long>> Exported(LayerDefinition layer, string text)
    {
        using var response = await Get($"/export/{layer.Id}.geojsonl?{text}");
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {Uri.UnescapeDataString(text)}: {body}");
        return [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => long.Parse(JsonDocument.Parse(line).RootElement.GetProperty("properties").GetProperty("code").GetString()!, CultureInfo.InvariantCulture))];
    }

    /// <summary>From all tiles that the odd layers' places and their buffers reach.</summary>
    public async Task<HashSet<long>> Drawn(LayerDefinition layer, string text)
    {
        var fids = new HashSet<long>();
        foreach (var tile in Tiles())
        {
            using var response = await Get($"/tiles/{layer.Id}/{tile.Zoom}/{tile.X}/{tile.Y}.mvt?{text}");
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {Uri.UnescapeDataString(text)}");
            if (await response.Content.ReadAsByteArrayAsync() is { Length: > 0 } bytes)
                fids.UnionWith(MvtReader.Read(bytes).Find(layer.Id)!.Features.Select(feature => (long)feature.Id!.Value));
        }
        return fids;
    }

    /// <summary>The tiles of one zoom where the odd layers lie.</summary>
    public static IEnumerable<TileCoord> Tiles()
    {
        static int Tile(double share) => (int)(share * (1 << Zoom));
        return from x in Enumerable.Range(Tile(WebMercator.U(117.9)), Tile(WebMercator.U(118.3)) - Tile(WebMercator.U(117.9)) + 1)
               from y in Enumerable.Range(Tile(WebMercator.V(24.7)), Tile(WebMercator.V(24.3)) - Tile(WebMercator.V(24.7)) + 1)
               select new TileCoord(Zoom, x, y);
    }
}
