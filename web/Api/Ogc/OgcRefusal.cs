using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>Why a request is not answered: a status, a stable code and a sentence for people.</summary>
/// <param name="Type">What programs may rely on; <c>urn:cityops:</c> stands before it.</param>
public sealed record OgcRefusal(int Status, string Type, LocalText Text)
{
    /// <summary>Methods that the address takes, where the method was the fault.</summary>
    public string? Allow { get; init; }

    /// <summary>Faults of a feature that was sent, by field.</summary>
    public IReadOnlyList<FeatureFault> Faults { get; init; } = [];

    /// <summary>One fault of one field of a feature.</summary>
    /// <param name="Code">Stable; a code of the importer's checks.</param>
    public sealed record FeatureFault(string? Field, string Code, LocalText Text, string? Value);

    public static OgcRefusal NoCollection(string id) => new(StatusCodes.Status404NotFound, "no-such-collection",
        new($"没有集合“{id}”；/ogc/collections 列出全部集合。", $"There is no collection '{id}'; /ogc/collections lists them."));

    public static OgcRefusal NoFeature(string collection, string fid) => new(StatusCodes.Status404NotFound, "no-such-feature",
        new($"集合“{collection}”中没有要素“{fid}”。", $"Collection '{collection}' has no feature '{fid}'."));

    public static OgcRefusal NoPath(string path) => new(StatusCodes.Status404NotFound, "no-such-path",
        new($"没有“{path}”；/ogc 是入口，/ogc/api 说明全部地址。", $"There is no '{path}'; /ogc is the entrance and /ogc/api describes every address."));

    public static OgcRefusal BadQuestion(IReadOnlyList<LocalText> faults) => new(StatusCodes.Status400BadRequest, "bad-question",
        new(string.Concat(faults.Select(fault => fault.Zh)), string.Join(' ', faults.Select(fault => fault.En))));

    public static OgcRefusal NotAcceptable(string types) => new(StatusCodes.Status406NotAcceptable, "not-acceptable",
        new($"此地址提供 {types}；请用 Accept 或 f=json、f=html 选择。", $"This address gives {types}; choose by Accept or by f=json or f=html."));

    public static OgcRefusal BadMethod(string method, string allow) => new(StatusCodes.Status405MethodNotAllowed, "bad-method",
        new($"此地址不接受 {method}，可用的方法有：{allow}。", $"This address takes no {method}; it takes {allow}.")) { Allow = allow };

    public static OgcRefusal TooSlow { get; } = new(StatusCodes.Status503ServiceUnavailable, "question-too-slow",
        new("数据库未能在规定时间内回答；请缩小范围或增加条件。", "The database did not answer in time; ask for a smaller area or add conditions."));

    public static OgcRefusal NoDatabase { get; } = new(StatusCodes.Status503ServiceUnavailable, "no-database",
        new("数据库没有应答。", "The database does not answer."));
}
