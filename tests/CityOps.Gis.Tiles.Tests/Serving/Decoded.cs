using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Encoding;
using CityOps.Gis.Tiling;
using NetTopologySuite.IO.VectorTiles.Mapbox;

namespace CityOps.Gis.Tests.Tiles.Serving;

/// <summary>A tile as decoders see it, a line per feature: layer, id, geometry type (single and multi alike) and attributes, in order.</summary>
static class Decoded
{
    public static List<string> ByUs(byte[] tile) => Lines(
        from layer in MvtReader.Read(tile).Layers
        from feature in layer.Features
        select (layer.Name, feature.Id, feature.Type.ToString(), feature.Attributes.Select(one => (one.Key, Text(one.Value)))));

    public static List<string> ByNetTopologySuite(byte[] tile, TileCoord at)
    {
        using var stream = new MemoryStream(tile);
        return Lines(
            from layer in new MapboxTileReader().Read(stream, new NetTopologySuite.IO.VectorTiles.Tiles.Tile(at.X, at.Y, at.Zoom), "#id").Layers
            from feature in layer.Features
            select (layer.Name, feature.Attributes.Exists("#id") && feature.Attributes["#id"] is ulong id and > 0 ? id : (ulong?)null, Type(feature.Geometry.GeometryType),
                feature.Attributes.GetNames().Where(name => name != "#id").Select(name => (name, Text(feature.Attributes[name])))));
    }

    public static List<string> ByMapbox(string file)
    {
        using var layers = JsonDocument.Parse(Run("node", Repository.PathOf("tests/fixtures/decoders/decode.mjs"), file));
        return Lines(
            from layer in layers.RootElement.EnumerateArray()
            from feature in layer.GetProperty("features").EnumerateArray()
            select (layer.GetProperty("name").GetString()!, Id(feature.GetProperty("id")), ((MvtGeometryType)feature.GetProperty("type").GetInt32()).ToString(),
                feature.GetProperty("properties").EnumerateObject().Select(one => (one.Name, Text(one.Value)))));
    }

    public static List<string> ByGdal(string file, IEnumerable<string> layers) => Lines(layers.SelectMany(layer =>
    {
        var text = Run("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", "MVT:" + file, layer, "-oo", "CLIP=NO");
        return JsonDocument.Parse(text).RootElement.GetProperty("features").EnumerateArray().Select(feature => (layer,
            feature.GetProperty("properties").TryGetProperty("mvt_id", out var id) ? Id(id) : null, Type(feature.GetProperty("geometry").GetProperty("type").GetString()!),
            feature.GetProperty("properties").EnumerateObject().Where(one => one.Name != "mvt_id" && one.Value.ValueKind != JsonValueKind.Null).Select(one => (one.Name, Text(one.Value)))));
    }));

    public static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors.Result}");
    }

    static List<string> Lines(IEnumerable<(string Layer, ulong? Id, string Type, IEnumerable<(string Name, string Value)> Attributes)> features)
        => [.. features.Select(one => $"{one.Layer}|{one.Id}|{one.Type}|{string.Join(' ', one.Attributes.Order().Select(attribute => $"{attribute.Name}={attribute.Value}"))}").Order(StringComparer.Ordinal)];

    static string Type(string geometry) => geometry.Replace("Multi", "", StringComparison.Ordinal).Replace("LineString", "Line", StringComparison.Ordinal);

    static ulong? Id(JsonElement id) => id.ValueKind == JsonValueKind.Number ? id.GetUInt64() : null;

    static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.GetString()!,
    };

    static string Text(object? value) => value is string or bool or null ? $"{value}" : Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
}
