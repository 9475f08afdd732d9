using System.Globalization;
using CityOps.Gis.Detections;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cameras;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Web.Cases;

namespace CityOps.Gis.Web.Detections;

/// <summary>
/// The one way in for what recognisers see: is the camera within the sender's scope, is the kind known, does the box lie in the picture; then it is placed on the map and kept. The
/// picture is made anew as photos of cases are (<see cref="PhotoMaker"/>), and becomes the camera's last one. Done when it is on disk.
/// </summary>
public sealed class DetectionIntake(CameraRoster roster, DetectionStore store, CameraSnapshots snapshots, PhotoTurns turns, LayerCatalog catalog, TimeProvider clock)
{
    /// <summary>What is older is refused: it could come twice unseen.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(30);
    static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(5);
    const double UsualAspect = 9 / 16.0;

    /// <param name="picture">JPEG, PNG or WebP; null where none was sent.</param>
    /// <returns>What became of it, or why it is refused.</returns>
    /// <exception cref="TimeoutException">The picture's turn did not come in time.</exception>
    public async Task<(SightingOutcome Outcome, DetectionRefusal? Refusal)> Take(SentDetection sent, Func<CancellationToken, Task<ReadOnlyMemory<byte>?>> picture, CancellationToken cancel = default)
    {
        if (Fault(sent) is { } fault)
            return (default, fault);
        if (await roster.Find(sent.Camera, cancel) is not { } camera)
            return (default, NoCamera(sent.Camera));
        // A picture takes long to make: not for what is dropped or came before.
        var photo = await store.IsWanted(camera.Fid, sent, cancel) && await picture(cancel) is { } bytes ? await turns.Make(bytes, cancel) ?? throw CaseFormException.NoPhoto("picture") : null;
        var turned = camera with { Direction = sent.Direction ?? camera.Direction, Opening = sent.FieldOfView ?? camera.Opening, Tilt = sent.Tilt ?? camera.Tilt };
        var place = DetectionPlacing.Of(turned.Longitude, turned.Latitude, turned.View, turned.Mount, sent.Box, photo is null ? UsualAspect : (double)photo.Height / photo.Width);
        var outcome = await store.Take(new(camera.Fid, sent.Recogniser, sent.Id, sent.Kind, sent.At, sent.Confidence, sent.Box, place) { Picture = photo }, cancel);
        if (photo is not null && outcome.IsFresh)
            await snapshots.Keep(camera.Fid, sent.At, photo, cancel);
        return (outcome, null);
    }

    /// <summary>A frame shows nothing of a kind, or of any.</summary>
    /// <returns>How many scenes that is about, or why it is refused.</returns>
    public async Task<(int Scenes, DetectionRefusal? Refusal)> Clear(string cameraId, string? kind, DateTimeOffset at, CancellationToken cancel = default)
        => (kind is null ? null : UnknownKind(kind)) is { } unknown ? (0, unknown) : BadTime(at) is { } bad ? (0, bad)
            : await roster.Find(cameraId, cancel) is { } camera ? (await store.Clear(camera.Fid, kind, at, cancel), null) : (0, NoCamera(cameraId));

    /// <summary>A picture of a camera, without anything on it.</summary>
    /// <returns>Null where it is kept, or there is a later one.</returns>
    /// <exception cref="TimeoutException">The picture's turn did not come in time.</exception>
    public async Task<DetectionRefusal?> Picture(string cameraId, DateTimeOffset at, ReadOnlyMemory<byte> picture, CancellationToken cancel = default)
    {
        if (BadTime(at) is { } bad)
            return bad;
        if (await roster.Find(cameraId, cancel) is not { } camera)
            return NoCamera(cameraId);
        await snapshots.Keep(camera.Fid, at, await turns.Make(picture, cancel) ?? throw CaseFormException.NoPhoto("picture"), cancel);
        return null;
    }

    DetectionRefusal? Fault(SentDetection sent)
        => UnknownKind(sent.Kind) ?? BadTime(sent.At)
            ?? (sent.Box.IsWithin ? null : new DetectionRefusal("bad-box", new("框须在画面内：x、y、w、h 为画面宽高的比例（0 到 1）。", "The box has to lie in the picture: x, y, w and h are shares of its width and height, 0 to 1.")))
            ?? (sent.Confidence is >= 0 and <= 1 ? null : new DetectionRefusal("bad-confidence", new("置信度须在 0 到 1 之间。", "The confidence has to be between 0 and 1.")));

    DetectionRefusal? UnknownKind(string kind)
        => catalog.Lists.Find("detection-kinds")?.Contains(kind) == true ? null : new("unknown-kind", new($"没有识别类型“{kind}”。", $"There is no kind of detection '{kind}'."));

    DetectionRefusal? BadTime(DateTimeOffset at)
        => at > clock.GetUtcNow() + s_ahead ? new("in-future", new("时间不能晚于现在。", "It cannot have been seen later than now."))
            : at < clock.GetUtcNow() - Oldest ? new("too-old", new($"早于 {Oldest.TotalDays} 天的识别不再接收。", $"What is older than {Oldest.TotalDays} days is not taken any more.")) : null;

    static DetectionRefusal NoCamera(string id)
        => new("no-such-camera", new(string.Create(CultureInfo.InvariantCulture, $"没有摄像头“{id}”，或不在密钥的范围内。"), string.Create(CultureInfo.InvariantCulture, $"There is no camera '{id}', or it lies outside the key's scope.")));
}
