using CityOps.Gis.Access;
using CityOps.Gis.Detections;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>
/// Where people decide about scenes, for the caller of the flow and within his scope. Confirming files the case by the way that every case begins (<see cref="CaseIntake"/>), with the
/// surest picture; its token is made of the scene's number, so that two people at once, or a second click, file one. Each decision is in the audit log.
/// </summary>
public sealed class DetectionDesk(CallerDatabase database, LayerCatalog catalog, DetectionList list, CaseIntake intake)
{
    /// <summary>Who may decide: who is at work on what goes wrong.</summary>
    public const Permission Decides = Permission.ReportCases;
    const int LongestNote = 2_000;
    static readonly Guid s_tokens = new("c1d3a5f0-2b7e-4c19-8d64-000000000000");

    static readonly DetectionRefusal s_none = new("no-such-detection", new("没有这条识别，或不在您的范围内。", "There is no such detection, or it lies outside your scope."));
    static readonly DetectionRefusal s_decided = new("somebody-was-faster", new("此识别已由他人处理，请看下一条。", "Somebody has decided about it already; go on to the next one."));
    static readonly DetectionRefusal s_notAllowed = new("not-allowed", new("您的角色不允许这样做。", "Your role does not allow this."));

    /// <summary>It is so: files the case. Null where it is done.</summary>
    /// <param name="classCode">Another class than the rule's; null: the rule's.</param>
    public async Task<DetectionRefusal?> Confirm(long fid, string? note = null, string? classCode = null, CancellationToken cancel = default)
    {
        if (await Refusal(fid, DetectionState.Waiting, cancel) is var (scene, refusal) && scene is null)
            return refusal;
        var kind = catalog.Lists.Find("detection-kinds")?.Find("", "", scene.Kind)?.Name.Zh ?? scene.Kind;
        var photo = scene.Surest is { } surest && await list.Picture(fid, isLast: false, isSmall: false, cancel) is { } bytes && await list.Picture(fid, isLast: false, isSmall: true, cancel) is { } small
            ? new NewPhoto(bytes, small, surest.Width, surest.Height) : null;
        var outcome = await intake.Report(new(classCode ?? scene.CaseClass ?? "", Said(note) ?? $"视频识别：{kind}（摄像头 {scene.CameraTitle ?? "—"}，{scene.SceneId}）")
        {
            Title = kind, Place = (scene.Longitude, scene.Latitude), Source = "camera", OccurredAt = scene.FirstSeen, Photos = photo is null ? [] : [photo], Token = TokenOf(fid),
        }, cancel);
        return outcome.Refusal is { } no ? new(no.Code, no.Sentence)
            : await Write(fid, AuditKind.DetectionConfirmed, "status = 'confirmed', case_fid = " + outcome.State!.Fid, "status = 'waiting'", note, cancel) ? null : s_decided;
    }

    /// <summary>It is not so. Null where it is done.</summary>
    public async Task<DetectionRefusal?> Reject(long fid, string? note = null, CancellationToken cancel = default)
        => await Refusal(fid, DetectionState.Waiting, cancel) is (null, var refusal) ? refusal
            : await Write(fid, AuditKind.DetectionRejected, "status = 'rejected'", "status = 'waiting'", note, cancel) ? null : s_decided;

    /// <summary>A person has looked by the camera, or on the spot, and what the case is about is gone. Null where it is done.</summary>
    public async Task<DetectionRefusal?> Check(long fid, string? note = null, CancellationToken cancel = default)
    {
        if (await Refusal(fid, DetectionState.Confirmed, cancel) is (null, var refusal))
            return refusal;
        return await WriteChecked(fid, note, cancel) ? null : s_none;
    }

    async Task<(SeenScene? Scene, DetectionRefusal? Refusal)> Refusal(long fid, DetectionState wanted, CancellationToken cancel)
        => !Caller.Current.May(Decides) ? (null, s_notAllowed) : await list.Find(fid, cancel) is not { } scene ? (null, s_none) : scene.State != wanted ? (null, s_decided) : (scene, null);

    Task<bool> Write(long fid, AuditKind kind, string change, string condition, string? note, CancellationToken cancel)
        => Change(fid, kind, filter => $"{change}, decided_at = clock_timestamp(), decided_by_id = {filter.Value(Caller.Current.Id ?? "")}, decided_by = {filter.Value(Caller.Current.Name)}, note = nullif({filter.Value(Said(note) ?? "")}, '')", condition, note, cancel);

    Task<bool> WriteChecked(long fid, string? note, CancellationToken cancel)
        => Change(fid, AuditKind.DetectionChecked, filter => $"clear_at = clock_timestamp(), checked_by = {filter.Value(Caller.Current.Name)}", "status = 'confirmed'", note, cancel);

    async Task<bool> Change(long fid, AuditKind kind, Func<SqlFilter, string> change, string condition, string? note, CancellationToken cancel)
    {
        var layer = catalog.Find(DetectionTables.LayerId)!;
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id));
        var set = change(filter);
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = filter.Command(connection, $"update detections.scene set {set} where fid = {filter.Value(fid)} and {condition} and fid in (select fid from {SqlName.Table(layer.Id)} where {filter.Where})");
        if (await command.ExecuteNonQueryAsync(cancel) == 0)
            return false;
        await AuditLog.Write(connection, new(kind, null, After: new { Note = Said(note) }) { LayerId = layer.Id, Fid = fid }, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    static Guid TokenOf(long fid)
    {
        var bytes = s_tokens.ToByteArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(8), fid);
        return new(bytes);
    }

    static string? Said(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim() is { Length: > LongestNote } much ? much[..LongestNote] : note.Trim();
}
