using CityOps.Gis.Layers;

namespace CityOps.Gis.Patrols;

/// <summary>Why something of a patrol was refused.</summary>
/// <param name="Code">Stable, for programs.</param>
public sealed record PatrolFault(string Code, LocalText Sentence)
{
    public static readonly PatrolFault NotJson = new("not-json", new("正文应为 JSON 对象 {\"points\": […]}。", "The body is a JSON object {\"points\": […]}."));
    public static readonly PatrolFault InFuture = new("in-future", new("位置的时间晚于现在，请检查手机的时钟。", "A point lies in the future: set the clock of the phone right."));
    public static readonly PatrolFault NoPerson = new("not-allowed", new("轨迹须由登录的人员或以密钥上传。", "A track is sent by a person who has signed in, or with a key."));
    public static readonly PatrolFault NotYours = new("not-yours", new("此巡查不是您的。", "The patrol is not yours."));
    public static readonly PatrolFault NeedsNote = new("needs-note", new("请写明情况，最多 2000 字。", "Say in a sentence what was found, in 2,000 characters at most."));
    public static readonly PatrolFault NoTimes = new("bad-times", new("须给出开始时间，且结束不早于开始。", "A patrol has a beginning, and ends no earlier."));

    public static PatrolFault TooMany(int most) => new("too-many-points", new($"一次最多 {most} 个位置，请分批上传。", $"At most {most} points at once: send the others afterwards."));

    public static PatrolFault BadPoint(int number) => new("bad-point", new($"第 {number} 个位置须有 at（RFC 3339）、longitude 和 latitude（度）。", $"Point {number} needs 'at' (RFC 3339), 'longitude' and 'latitude' in degrees."));
}
