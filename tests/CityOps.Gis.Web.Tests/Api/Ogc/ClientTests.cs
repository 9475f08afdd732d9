using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>Clients that nobody here wrote, as they come: GDAL's OAPIF and MVT drivers, <c>@mapbox/vector-tile</c>, MapLibre's style validator.</summary>
[Collection(nameof(OgcReading))]
public sealed class ClientTests(OgcServer server)
{
    [Fact]
    public void Ogrinfo_lists_every_collection()
    {
        var said = Run("ogrinfo", "-ro", "-q", $"OAPIF:{server.Root}");
        Assert.All(PostGisDatabase.Catalog.Layers, layer => Assert.Contains($": {layer.Id} ", said.Replace("\n", " \n", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void Ogrinfo_tells_count_fields_and_system_of_a_collection()
    {
        var said = Run("ogrinfo", "-ro", "-al", "-so", $"OAPIF:{server.Root}", "cases");
        Assert.Contains($"Feature Count: {OgcServer.Cases}\n", said, StringComparison.Ordinal);
        Assert.Contains("Geometry: Point", said, StringComparison.Ordinal);
        Assert.Contains("case_number: String", said, StringComparison.Ordinal);
        Assert.Contains("occurred_at: DateTime", said, StringComparison.Ordinal);
        Assert.Contains("ID[\"EPSG\",4326]", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-oo PAGE_SIZE=7", "true")]
    [InlineData("-oo PAGE_SIZE=500", "true")]
    [InlineData("-spat 118.002 24.401 118.011 24.407", "ST_Intersects(geom, ST_MakeEnvelope(118.002, 24.401, 118.011, 24.407, 4490))")]
    [InlineData("-where class_code='0101'", "class_code = '0101'")]
    [InlineData("-where \"class_code='0101' AND district_code='350203'\"", "class_code = '0101' and district_code = '350203'")]
    [InlineData("-where \"name LIKE '%井%'\" -spat 118.002 24.401 118.011 24.407 -oo PAGE_SIZE=20", "name like '%井%' and ST_Intersects(geom, ST_MakeEnvelope(118.002, 24.401, 118.011, 24.407, 4490))")]
    public async Task Ogr2ogr_takes_what_SQL_finds(string options, string where)
    {
        var expected = (await server.Database.Rows($"select code from gis.components where status <> '移除' and {where} order by code")).ToList();
        var taken = JsonDocument.Parse(Run("ogr2ogr", ["-f", "GeoJSON", "/vsistdout/", $"OAPIF:{server.Root}", "components", .. Words(options)])).RootElement;
        Assert.NotEmpty(expected);
        Assert.Equal(expected, taken.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties").GetProperty("code").GetString()!).Order(StringComparer.Ordinal));
    }

    // GDAL asks for any field of days or times by "datetime", which is the layer's own time here.
    [Theory]
    [InlineData("occurred_at>='2026-02-01T00:00:00Z'", "occurred_at >= '2026-02-01Z'")]
    [InlineData("occurred_at<='2026-01-08T00:00:00Z'", "occurred_at <= '2026-01-08Z'")]
    public async Task Ogr2ogr_takes_the_features_of_a_time(string filter, string where)
    {
        var expected = await server.Database.Rows($"select case_number from gis.cases where {where} order by 1");
        var taken = JsonDocument.Parse(Run("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", $"OAPIF:{server.Root}", "cases", "-where", filter)).RootElement;
        Assert.NotEmpty(expected);
        Assert.Equal(expected, taken.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties").GetProperty("case_number").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ogr2ogr_brings_features_to_another_system()
    {
        var taken = JsonDocument.Parse(Run("ogr2ogr", "-f", "GeoJSON", "-lco", "RFC7946=NO", "-t_srs", "EPSG:4548", "/vsistdout/", $"OAPIF:{server.Root}", "cameras")).RootElement;
        var ours = await server.Json("/collections/cameras/items?crs=http://www.opengis.net/def/crs/EPSG/0/4548");
        foreach (var (theirs, mine) in taken.GetProperty("features").EnumerateArray().Zip(ours.GetProperty("features").EnumerateArray()))
        {
            var (east, north) = (theirs.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), theirs.GetProperty("geometry").GetProperty("coordinates")[1].GetDouble());
            Assert.Equal((north, east), (mine.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble(), mine.GetProperty("geometry").GetProperty("coordinates")[1].GetDouble()), (a, b) => Math.Abs(a.Item1 - b.Item1) < 0.001 && Math.Abs(a.Item2 - b.Item2) < 0.001);
        }
    }

    [Fact]
    public async Task Gdal_and_mapbox_read_a_tile_of_the_OGC_address_with_the_features_of_its_place()
    {
        var at = new TileCoord(15, (int)(WebMercator.U(118.01) * (1 << 15)), (int)(WebMercator.V(24.405) * (1 << 15)));
        using var folder = new TempFolder();
        using var response = await server.Get($"/ogc/collections/cameras/tiles/WebMercatorQuad/{at.Zoom}/{at.Y}/{at.X}");
        await File.WriteAllBytesAsync(folder.File("tile.mvt"), await response.Content.ReadAsByteArrayAsync());
        var read = JsonDocument.Parse(Run("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", "MVT:" + folder.File("tile.mvt"), "cameras", "-oo", $"X={at.X}", "-oo", $"Y={at.Y}", "-oo", $"Z={at.Zoom}", "-t_srs", "EPSG:4326")).RootElement;
        var byId = (await server.Json("/collections/cameras/items")).GetProperty("features").EnumerateArray().ToDictionary(feature => feature.GetProperty("id").GetInt64(), feature => feature.GetProperty("geometry").GetProperty("coordinates"));
        Assert.NotEmpty(read.GetProperty("features").EnumerateArray());
        foreach (var feature in read.GetProperty("features").EnumerateArray())
        {
            // A tile unit at zoom 15 is 0.3 m.
            var (theirs, ours) = (feature.GetProperty("geometry").GetProperty("coordinates"), byId[feature.GetProperty("properties").GetProperty("mvt_id").GetInt64()]);
            Assert.True(Math.Abs(theirs[0].GetDouble() - ours[0].GetDouble()) < 5e-6 && Math.Abs(theirs[1].GetDouble() - ours[1].GetDouble()) < 5e-6, $"{theirs} is not at {ours}");
        }
        var mapbox = JsonDocument.Parse(Run("node", Repository.PathOf("tests/fixtures/decoders/decode.mjs"), folder.File("tile.mvt"))).RootElement;
        Assert.Equal(read.GetProperty("features").GetArrayLength(), mapbox[0].GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task Every_style_is_valid_by_MapLibres_validator()
    {
        var styles = new List<JsonElement>();
        foreach (var style in (await server.Json("/styles")).GetProperty("styles").EnumerateArray())
        {
            var link = style.GetProperty("links").EnumerateArray().Single(link => link.GetProperty("rel").ValueEquals("stylesheet"));
            using var response = await server.Get(link.GetProperty("href").GetString()!, ("Accept", link.GetProperty("type").GetString()!));
            Assert.Equal("application/vnd.mapbox.style+json", response.Content.Headers.ContentType?.MediaType);
            styles.Add(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
        }
        Assert.True(styles.Count > 10);
        Assert.Equal("", Node.Run("../decoders/check-styles.mjs", JsonSerializer.Serialize(styles)));
    }

    static IEnumerable<string> Words(string options)
    {
        var at = 0;
        while (at < options.Length)
        {
            var isQuoted = options[at] == '"';
            var end = options.IndexOf(isQuoted ? '"' : ' ', at + 1);
            end = end < 0 ? options.Length : end;
            yield return options[(isQuoted ? at + 1 : at)..end];
            at = end + (isQuoted ? 2 : 1);
        }
    }

    static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // GDAL keeps answers of the network from one read to the next.
        start.Environment["CPL_VSIL_CURL_NON_CACHED"] = "/vsicurl/http://127.0.0.1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} ended with {process.ExitCode}: {errors.Result}"));
    }
}
