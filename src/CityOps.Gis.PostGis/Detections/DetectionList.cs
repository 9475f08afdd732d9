using CityOps.Gis.Detections;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Detections;

/// <summary>Scenes that cameras show, as far as the caller of the flow sees them.</summary>
public sealed class DetectionList(CallerDatabase database, LayerCatalog catalog)
{
    /// <summary>Scenes in a list.</summary>
    public const int Most = 100;

    /// <summary>What waits: the oldest first, as a queue; else the youngest first.</summary>
    public async Task<IReadOnlyList<SeenScene>> List(DetectionQuestion question, CancellationToken cancel = default)
        => Layer is not { } layer ? [] : await Read(Compile(layer, question), $"order by last_seen {(question.State == DetectionState.Waiting ? "" : "desc")}, fid limit {Most}", cancel);

    /// <summary>One scene; null where the caller sees none.</summary>
    public async Task<SeenScene?> Find(long fid, CancellationToken cancel = default)
    {
        if (Layer is not { } layer)
            return null;
        var filter = All(layer);
        filter.And($"fid = {filter.Value(fid)}");
        return (await Read(filter, "", cancel)).FirstOrDefault();
    }

    /// <summary>Scenes that a case was filed for.</summary>
    public async Task<IReadOnlyList<SeenScene>> OfCase(long caseFid, CancellationToken cancel = default)
    {
        if (Layer is not { } layer)
            return [];
        var filter = All(layer);
        filter.And($"fid in (select one.fid from detections.scene one where one.case_fid = {filter.Value(caseFid)})");
        return await Read(filter, "", cancel);
    }

    /// <summary>How many there are by state, whichever is asked for.</summary>
    public async Task<IReadOnlyDictionary<DetectionState, long>> Counts(DetectionQuestion question, CancellationToken cancel = default)
    {
        var counts = new Dictionary<DetectionState, long>();
        if (Layer is not { } layer)
            return counts;
        var filter = All(layer);
        Narrow(filter, question);
        await using var command = filter.Command(database, $"select status, count(*) from {SqlName.Table(layer.Id)} where {filter.Where} group by 1");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            if (DetectionStates.Find(reader.GetString(0)) is { } state)
                counts[state] = reader.GetInt64(1);
        return counts;
    }

    /// <summary>Sightings of the last day that were too unsure, by kind; for the cameras that the caller sees.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Dropped(CancellationToken cancel = default)
    {
        var counts = new Dictionary<string, long>();
        await using var command = database.CreateCommand("select kind, count(*) from detections.sighting where scene is null and received_at > clock_timestamp() - interval '1 day' group by 1");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }

    /// <summary>A picture's bytes, JPEG; null where there is none that the caller sees.</summary>
    /// <param name="isLast">The last one; where it is the surest one, that.</param>
    /// <param name="isSmall">The one for lists.</param>
    public async Task<byte[]?> Picture(long fid, bool isLast, bool isSmall, CancellationToken cancel = default)
    {
        if (Layer is not { } layer)
            return null;
        var filter = All(layer);
        filter.And($"fid = {filter.Value(fid)}");
        await using var command = filter.Command(database, $"""
            select {(isSmall ? "small" : "bytes")} from detections.picture where scene = (select fid from {SqlName.Table(layer.Id)} where {filter.Where}) and which in ('surest'{(isLast ? ", 'last'" : "")}) order by which limit 1
            """);
        return await command.ExecuteScalarAsync(cancel) as byte[];
    }

    LayerDefinition? Layer => catalog.Find(DetectionTables.LayerId);

    // Rejected ones are as removed for everybody else.
    static SqlFilter All(LayerDefinition layer)
        => QueryCompiler.Compile(layer, new FeatureQuery(layer.Id) { Statuses = [.. Enum.GetValues<DetectionState>().Select(DetectionStates.Code)] });

    static SqlFilter Compile(LayerDefinition layer, DetectionQuestion question)
    {
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id) { Statuses = question.State is { } state ? [DetectionStates.Code(state)] : [] });
        Narrow(filter, question);
        return filter;
    }

    static void Narrow(SqlFilter filter, DetectionQuestion question)
    {
        if (question.Kind is { } kind)
            filter.And($"kind = {filter.Value(kind)}");
        if (question.Camera is { } camera)
            filter.And($"camera_id = (select one.camera_id from gis.cameras one where one.fid = {filter.Value(camera)})");
    }

    async Task<IReadOnlyList<SeenScene>> Read(SqlFilter filter, string part, CancellationToken cancel)
    {
        await using var command = filter.Command(database, $"""
            select one.fid, one.scene_id, one.kind, one.class_code, scene.status, scene.first_seen, scene.last_seen, scene.times, scene.confidence, scene.camera,
                (select coalesce(nullif(c.name, ''), c.camera_id) from gis.cameras c where c.fid = scene.camera), detections.is_there(scene), scene.clear_at, scene.checked_by, scene.decided_at, scene.decided_by, scene.note,
                scene.case_fid, one.case_number, one.accuracy_m, ST_X(one.geom), ST_Y(one.geom), one.grid_code,
                array(select concat_ws(' ', p.which, extract(epoch from p.at), p.confidence, p.x, p.y, p.w, p.h, p.width, p.height) from detections.picture p where p.scene = one.fid order by p.which desc)
            from (select row_number() over () as place, page.* from (select * from {SqlName.Table(DetectionTables.LayerId)} where {filter.Where} {part}) page) one
            join detections.scene scene on scene.fid = one.fid order by one.place
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var scenes = new List<SeenScene>();
        while (await reader.ReadAsync(cancel))
            scenes.Add(SceneRow.Read(reader));
        return scenes;
    }
}
