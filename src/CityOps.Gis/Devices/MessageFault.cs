using CityOps.Gis.Layers;

namespace CityOps.Gis.Devices;

/// <summary>Why a message is not taken.</summary>
/// <param name="Code">Stable: <c>not-json</c>, <c>no-object</c>, <c>too-many</c>, <c>no-time</c>, <c>bad-time</c>, <c>too-old</c>, <c>in-future</c>, <c>bad-id</c>, <c>not-a-number</c>, <c>bad-position</c>.</param>
public sealed record MessageFault(string Code, LocalText Sentence)
{
    const int Shown = 60;

    public static MessageFault NotJson { get; } = new("not-json", new("消息不是 JSON。", "The message is not JSON."));
    public static MessageFault NoObject { get; } = new("no-object", new("消息应为 JSON 对象或对象数组。", "A message is a JSON object, or a list of them."));

    public static MessageFault TooMany(int most) => new("too-many", new($"一次最多 {most} 条。", $"At most {most} at a time."));

    public static MessageFault NoTime(JsonPointer at) => new("no-time", new($"{at} 处没有时间。", $"There is no time at {at}."));

    public static MessageFault BadTime(string found) => new("bad-time", new($"“{Short(found)}”不是时间：应为 RFC 3339，或 1970 年以来的秒或毫秒。", $"'{Short(found)}' is no time: RFC 3339, or seconds or milliseconds since 1970."));

    public static MessageFault TooOld(DateTimeOffset time) => new("too-old", new($"{time:u} 早于数据保留期限。", $"{time:u} is older than readings are kept."));

    public static MessageFault InFuture(DateTimeOffset time) => new("in-future", new($"{time:u} 在未来，请校准设备时钟。", $"{time:u} lies in the future: set the device's clock."));

    public static MessageFault BadId(string found) => new("bad-id", new($"“{Short(found)}”不能作消息编号。", $"'{Short(found)}' cannot be a message's number."));

    public static MessageFault NotANumber(JsonPointer at, string found) => new("not-a-number", new($"{at} 处的“{Short(found)}”不是数值。", $"'{Short(found)}' at {at} is not a number."));

    public static MessageFault BadPosition(string found) => new("bad-position", new($"“{Short(found)}”不是经纬度。", $"'{Short(found)}' is no longitude and latitude."));

    static string Short(string text) => text.Length <= Shown ? text : text[..Shown] + "…";
}
