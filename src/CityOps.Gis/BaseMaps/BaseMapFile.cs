using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.BaseMaps;

/// <summary>Reads a file of base maps: a JSON array of <see cref="BaseMapDefinition"/>.</summary>
public static partial class BaseMapFile
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="BaseMapException">The file cannot be read or describes a map that cannot be.</exception>
    public static IReadOnlyList<BaseMapDefinition> Read(string path)
    {
        var maps = Parse(path, System.IO.File.ReadAllText(path));
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return [.. maps.Select(map => map.File is { } file ? map with { File = Path.GetFullPath(file, folder) } : map)];
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">For messages.</param>
    /// <exception cref="BaseMapException">It describes no base maps, or one that cannot be.</exception>
    public static IReadOnlyList<BaseMapDefinition> Parse(string path, string json)
    {
        IReadOnlyList<BaseMapDefinition> maps;
        try
        {
            maps = JsonSerializer.Deserialize<List<BaseMapDefinition>>(json, Format) ?? [];
        }
        catch (JsonException fault)
        {
            throw new BaseMapException(new($"底图文件 {path} 读不出来：{fault.Message}", $"The base maps in {path} cannot be read: {fault.Message}"));
        }
        if (maps.SelectMany(map => FaultsOf(map).Concat(maps.Count(one => one.Id == map.Id) > 1 ? [new("出现两次", "occurs twice")] : [])
            .Select(fault => new LocalText($"底图文件 {path} 中的“{map.Id}”{fault.Zh}。", $"Base map '{map.Id}' in {path} {fault.En}."))).FirstOrDefault() is { } first)
            throw new BaseMapException(first);
        return maps;
    }

    static IEnumerable<LocalText> FaultsOf(BaseMapDefinition map)
    {
        if (!Name().IsMatch(map.Id))
            yield return new("的 id 须为小写字母、数字和连字符", "must have an id of lower-case letters, digits and hyphens");
        if (map.Kind == BaseMapKind.MbTiles ? map.File is null : !Uri.TryCreate(BaseMapAddress.Of(map, new(0, 0, 0), "key"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return map.Kind == BaseMapKind.MbTiles ? new("缺少 file", "lacks 'file'") : new("的 url 不是 http 或 https 地址", "has a url that is no http or https address");
        if (map.Kind == BaseMapKind.Wmts && map.Layer is null)
            yield return new("缺少 layer", "lacks 'layer'");
        if (map.MinZoom < 0 || map.MinZoom > map.MaxZoom || map.MaxZoom > TileCoord.MaxZoom)
            yield return new($"的级别 {map.MinZoom}–{map.MaxZoom} 不在 0–{TileCoord.MaxZoom} 之内", $"has zooms {map.MinZoom}–{map.MaxZoom}, which are not within 0–{TileCoord.MaxZoom}");
        if (map.Offset is not (MapOffset.None or MapOffset.Gcj02))
            yield return new("的 offset 只能是 none 或 gcj02（百度的瓦片有自己的分块）", "can have the offset none or gcj02 only, as the tiles of Baidu are cut otherwise");
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Name();
}
