using System.IO.Compression;
using System.Text.Json;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Encoding;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Encoding;

/// <summary>
/// The reader against mapbox/mvt-fixtures: the reader does what info.json says of version 2, but where two fixtures contradict each other.
/// </summary>
public sealed class MvtFixtureTests
{
    /// <summary>
    /// Two fixtures are marked valid against other fixtures, so no reader can follow every mark; ours follows the specification, and
    /// refuses them.
    /// 016 is byte for byte 003, a feature without a type, which is marked invalid (4.2: "a feature MUST contain a type field").
    /// 057 announces 536,870,911 places and gives one; so does 051, marked invalid as are 052 and 058 (4.3.1: a count of parameters MUST
    /// follow).
    /// </summary>
    static readonly string[] MarkedValidAgainstTheSpecification = ["016", "057"];

    static readonly Dictionary<string, MvtFault> Faults = new()
    {
        ["003"] = MvtFault.FeatureType,
        ["004"] = MvtFault.FeatureGeometry,
        ["005"] = MvtFault.TagsOdd,
        ["006"] = MvtFault.FeatureType,
        ["007"] = MvtFault.WireType,
        ["008"] = MvtFault.WireType,
        ["010"] = MvtFault.WireType,
        ["011"] = MvtFault.ValueType,
        ["012"] = MvtFault.LayerVersion,
        ["013"] = MvtFault.WireType,
        ["014"] = MvtFault.LayerName,
        ["015"] = MvtFault.LayerNameTwice,
        ["016"] = MvtFault.FeatureType,
        ["023"] = MvtFault.LayerName,
        ["024"] = MvtFault.LayerVersion,
        ["026"] = MvtFault.ValueType,
        ["030"] = MvtFault.FieldTwice,
        ["040"] = MvtFault.TagKey,
        ["041"] = MvtFault.TagKey,
        ["042"] = MvtFault.TagValue,
        ["044"] = MvtFault.Command,
        ["045"] = MvtFault.CommandParameters,
        ["046"] = MvtFault.RepeatedPlace,
        ["047"] = MvtFault.RingClose,
        ["048"] = MvtFault.RingClose,
        ["051"] = MvtFault.CommandParameters,
        ["052"] = MvtFault.CommandParameters,
        ["057"] = MvtFault.CommandParameters,
        ["058"] = MvtFault.CommandParameters,
        ["061"] = MvtFault.LayerVersion,
    };

    [Fact]
    public void Every_fixture_but_016_and_057_is_taken_or_refused_as_its_info_says()
    {
        var wrong = new List<string>();
        var seen = 0;
        foreach (var (number, isValid, tile, _) in Fixtures())
        {
            seen++;
            var fault = FaultOf(tile);
            if (isValid && !MarkedValidAgainstTheSpecification.Contains(number)
                ? fault is not null : !Faults.TryGetValue(number, out var wanted) || fault != wanted)
                wrong.Add($"{number}: {fault?.ToString() ?? "taken"}");
        }
        Assert.Equal(74, seen);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Fixtures_003_and_016_are_the_same_bytes_with_contrary_marks()
    {
        var (refused, taken) = (Fixtures().Single(fixture => fixture.Number == "003"), Fixtures().Single(fixture
            => fixture.Number == "016"));

        Assert.Equal(refused.Tile, taken.Tile);
        Assert.NotEqual(refused.IsValid, taken.IsValid);
    }

    [Fact]
    public void A_valid_fixture_decodes_to_what_its_json_says()
    {
        var wrong = new List<string>();
        foreach (var (number, isValid, tile, json) in Fixtures())
            if (isValid && !MarkedValidAgainstTheSpecification.Contains(number))
                wrong.AddRange(Differences(number, MvtReader.Read(tile), json));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Tiles_of_the_real_world_are_read()
    {
        using var zip = ZipFile.OpenRead(SharedData.Need("tiles/mvt_fixtures.zip"));
        var refused = new List<string>();
        foreach (var entry in zip.Entries.Where(entry
            => entry.FullName.Contains("real-world/") && entry.FullName.EndsWith(".mvt", StringComparison.Ordinal)))
            try
            {
                MvtReader.Read(Bytes(entry));
            }
            catch (MvtException refusal)
            {
                refused.Add($"{entry.FullName}: {refusal.Message}");
            }
        Assert.Empty(refused);
    }

    static IEnumerable<string> Differences(string number, MvtTile tile, JsonElement json)
    {
        // Fixtures without layers have {} for a tile.
        var layers = json.TryGetProperty("layers", out var list) ? list.EnumerateArray().ToArray() : [];
        if (layers.Length != tile.Layers.Count)
            yield return $"{number}: {tile.Layers.Count} layers, not {layers.Length}";
        foreach (var (told, read) in layers.Zip(tile.Layers))
        {
            if (told.GetProperty("name").GetString() != read.Name || told.GetProperty("features").GetArrayLength() != read.Features.Count)
                yield return $"{number}: layer {read.Name}, {read.Features.Count} features";
            foreach (var (toldFeature, feature) in told.GetProperty("features").EnumerateArray().Zip(read.Features))
                if (Commands(feature) is { } commands
                    && !commands.SequenceEqual(toldFeature.GetProperty("geometry").EnumerateArray().Select(item => item.GetUInt32())))
                    yield return $"{number}: geometry {string.Join(' ', commands)}";
                else if (Tags(toldFeature, told) is var tags && !tags.SequenceEqual(feature.Attributes.Select(pair
                    => $"{pair.Key}={Told(pair.Value)}")))
                    yield return $"{number}: {string.Join(' ', tags)}";
        }
    }

    static string[] Tags(JsonElement feature, JsonElement layer)
        => feature.TryGetProperty("tags", out var tags)
            ? [.. tags.EnumerateArray().Select(tag => tag.GetInt32()).Chunk(2).Select(pair =>
                $"{layer.GetProperty("keys")[pair[0]].GetString()}={Told(layer.GetProperty("values")[pair[1]].EnumerateObject().First().Value)}")]
            : [];

    static string Told(object value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Number } number => number.GetDouble().ToString("R", null),
        JsonElement element => element.ToString(),
        float single => single.ToString("R", null),
        double or long or ulong => Convert.ToDouble(value, null).ToString("R", null),
        _ => value.ToString()!,
    };

    /// <summary>The feature's geometry turned to commands again; null for an unknown type, which is not decoded.</summary>
    static List<uint>? Commands(MvtFeature feature)
    {
        if (feature.Type == MvtGeometryType.Unknown)
            return null;
        var (x, y, commands) = (0, 0, new List<uint>());
        void Run(uint command, ReadOnlySpan<int> xy)
        {
            commands.Add(command | (uint)(xy.Length / 2) << 3);
            for (var i = 0; i < xy.Length; i += 2)
            {
                commands.Add(ByteZigZag(unchecked(xy[i] - x)));
                commands.Add(ByteZigZag(unchecked(xy[i + 1] - y)));
                (x, y) = (xy[i], xy[i + 1]);
            }
        }
        foreach (var part in feature.Parts)
        {
            Run(1, feature.Type == MvtGeometryType.Point ? part : part.AsSpan(0, 2));
            if (feature.Type != MvtGeometryType.Point)
                Run(2, part.AsSpan(2));
            if (feature.Type == MvtGeometryType.Polygon)
                commands.Add(15);
        }
        return commands;
    }

    static uint ByteZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    static MvtFault? FaultOf(byte[] tile)
    {
        try
        {
            MvtReader.Read(tile);
            return null;
        }
        catch (MvtException refusal)
        {
            return refusal.Fault;
        }
    }

    static IEnumerable<(string Number, bool IsValid, byte[] Tile, JsonElement Json)> Fixtures()
    {
        using var zip = ZipFile.OpenRead(SharedData.Need("tiles/mvt_fixtures.zip"));
        foreach (var info in zip.Entries.Where(entry => entry.FullName.EndsWith("/info.json", StringComparison.Ordinal)))
        {
            var folder = info.FullName[..^"info.json".Length];
            yield return (folder.Split('/')[^2],
                JsonDocument.Parse(Bytes(info)).RootElement.GetProperty("validity").GetProperty("v2").GetBoolean(),
                Bytes(zip.GetEntry(folder + "tile.mvt")!),
                JsonDocument.Parse(Bytes(zip.GetEntry(folder + "tile.json")!)).RootElement);
        }
    }

    static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var from = entry.Open();
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }
}
