using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiling;
using Microsoft.AspNetCore.Http;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>Why a request gets no tile: a status, a stable code and a sentence for people.</summary>
/// <param name="Type">What programs may rely on; <c>urn:cityops:</c> stands before it.</param>
public sealed record TileRefusal(int Status, string Type, LocalText Text)
{
    public static TileRefusal NoSuchLayer(string id) => new(StatusCodes.Status404NotFound, "no-such-layer",
        new($"没有可供瓦片的图层“{id}”；/tiles 列出全部图层。", $"There is no layer '{id}' with tiles; /tiles lists them."));

    public static TileRefusal NoSuchPath(string path) => new(StatusCodes.Status404NotFound, "no-such-path",
        new($"没有“{path}”；可用 /tiles、/tiles/图层.json、/tiles/图层/style.json、/tiles/图层/级别/列/行.mvt（或 /why）、/tiles/events。",
            $"There is no '{path}'; there are /tiles, /tiles/layer.json, /tiles/layer/style.json, /tiles/layer/zoom/column/row.mvt (or /why) and /tiles/events."));

    public static TileRefusal NoTile(string tile) => new(StatusCodes.Status400BadRequest, "no-such-tile",
        new($"“{tile}”不是瓦片：应为“级别/列/行”，级别 0–{TileCoord.MaxZoom}，列和行从 0 到 2^级别 − 1。",
            $"'{tile}' is no tile: write zoom/column/row with zoom 0–{TileCoord.MaxZoom} and column and row from 0 to 2^zoom − 1."));

    public static TileRefusal BadQuestion(IReadOnlyList<LocalText> faults) => new(StatusCodes.Status400BadRequest, "bad-question",
        new(string.Concat(faults.Select(fault => fault.Zh)), string.Join(' ', faults.Select(fault => fault.En))));

    public static TileRefusal LayerTwice(string id) => new(StatusCodes.Status400BadRequest, "layer-twice",
        new($"图层“{id}”重复；每个图层只能出现一次。", $"Layer '{id}' is asked for twice; name each layer once."));

    public static TileRefusal TooManyLayers(int count) => new(StatusCodes.Status400BadRequest, "too-many-layers",
        new($"一个瓦片最多 {TileQuestions.MostLayers} 个图层，请求了 {count} 个。", $"A tile holds at most {TileQuestions.MostLayers} layers, and {count} are asked for."));

    public static TileRefusal BadMethod(string method) => new(StatusCodes.Status405MethodNotAllowed, "bad-method",
        new($"瓦片只能读取：请用 GET、HEAD 或 OPTIONS，而不是 {method}。", $"Tiles are only read: use GET, HEAD or OPTIONS, not {method}."));

    /// <summary>Memory was asked for and does not hold the layer: 503 while it is on its way, 409 where it will not come or cannot answer the question.</summary>
    /// <param name="reason">Why memory cannot answer this question; null where it does not hold the layer.</param>
    public static TileRefusal NotInMemory(LiveLayer layer, LocalText? reason)
    {
        if (reason is not null)
            return new(StatusCodes.Status409Conflict, "not-in-memory",
                new($"内存不能回答对图层“{layer.Definition.Id}”的这一问题。{reason.Zh}请用 executor=sql。", $"Memory cannot answer this question of layer '{layer.Definition.Id}'. {reason.En} Use executor=sql."));
        var isComing = layer.State is LayerState.Waiting or LayerState.Copying;
        var (zh, en) = (layer.Reason?.Zh ?? (isComing ? "正在载入。" : "请用 executor=sql。"), layer.Reason?.En ?? (isComing ? "It is being loaded." : "Use executor=sql."));
        return new(isComing ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status409Conflict, "not-in-memory",
            new($"图层“{layer.Definition.Id}”不在内存中。{zh}", $"Layer '{layer.Definition.Id}' is not in memory. {en}"));
    }

    /// <summary>A layer that is not in memory, and no database.</summary>
    public static TileRefusal ForOperators { get; } = new(StatusCodes.Status403Forbidden, "not-allowed",
        new("此页仅供系统管理员查看。", "This page is for administrators only."));
    public static TileRefusal NoDatabase { get; } = new(StatusCodes.Status503ServiceUnavailable, "no-database",
        new("数据库没有应答，而图层不在内存中。", "The database does not answer, and the layer is not in memory."));
}
