using System.Globalization;

namespace CityOps.Gis.Testing;

/// <summary>How scenes must stand, worked out from <c>detections.sighting</c> alone: boxes as polygons, of which PostGIS says how much they share. Each question finds what is wrong.</summary>
public static class DetectionOracle
{
    const string Boxes = "(select *, ST_MakeEnvelope(x, y, x + w, y + h) as box from detections.sighting where scene is not null)";
    const string Slack = "0.000001";

    /// <summary>Scenes that do not say what their sightings say together, and features that do not say what their scene says.</summary>
    public const string Unlike = """
        select one.fid
        from detections.scene one
        left join (select scene, count(*) as times, min(at) as first_seen, max(at) as last_seen, max(confidence) as confidence from detections.sighting group by scene) sent on sent.scene = one.fid
        where (one.times, one.first_seen, one.last_seen, one.confidence) is distinct from (sent.times::int, sent.first_seen, sent.last_seen, sent.confidence)
        union all
        select fid from detections.scene one full join gis.detections feature using (fid)
        where (one.status, one.kind, one.first_seen, one.last_seen, one.times, one.confidence) is distinct from (feature.status, feature.kind, feature.occurred_at, feature.last_seen, feature.times, feature.confidence)
        """;

    /// <summary>Sightings that share too little with the one before of their scene. Holds where what is sent later was seen later.</summary>
    public const string WronglyMerged = $"""
        select one.scene, one.message
        from (select *, lag(box) over (partition by scene order by received_at) as before from {Boxes} sent) one join detections.rule using (kind)
        where before is not null and ST_Area(ST_Intersection(box, before)) / ST_Area(ST_Union(box, before)) < least_overlap - {Slack}
        """;

    /// <summary>Scenes that began while another that waits or is rejected to this day was of the same thing: camera, kind, time and place in the picture.</summary>
    public const string WronglySplit = $"""
        select later.scene, other.fid
        from (select distinct on (scene) * from {Boxes} sent order by scene, received_at) later
        join detections.rule using (kind)
        join detections.scene other on (other.camera, other.kind) = (later.camera, later.kind) and other.fid <> later.scene and other.status in ('waiting', 'rejected')
        cross join lateral (
            select min(at) as first_seen, max(at) as last_seen, (array_agg(box order by at desc, received_at desc))[1] as box from {Boxes} sent where sent.scene = other.fid and sent.received_at < later.received_at) then_
        where later.at between then_.first_seen - make_interval(mins => merge_minutes) and then_.last_seen + make_interval(mins => merge_minutes)
          and ST_Area(ST_Intersection(later.box, then_.box)) / ST_Area(ST_Union(later.box, then_.box)) > least_overlap + {Slack}
        """;

    /// <summary>Confirmed scenes without a case of their own of the rule's class, others with one, and cases from cameras without a scene.</summary>
    public const string WronglyFiled = """
        select coalesce(one.fid, filed.fid)
        from (select scene.*, case_class from detections.scene join detections.rule using (kind)) one
        full join (select * from gis.cases where case_source = 'camera') filed on filed.fid = one.case_fid
        where (one.status = 'confirmed' and filed.fid is not null and filed.class_code = one.case_class or one.status <> 'confirmed' and one.case_fid is null) is not true
        union all
        select min(fid) from detections.scene where case_fid is not null group by case_fid having count(*) > 1
        """;

    /// <summary>Closed cases whose scene was still seen: no frame was reported clear after the last sighting until then, and it was not quiet for as long as the rule wants.</summary>
    /// <param name="clear">Frames that were reported clear, as the one who sent them remembers them.</param>
    public static string ClosedWhileSeen(IEnumerable<(string Camera, string Kind, DateTimeOffset At)> clear) => $"""
        with frame(camera_id, kind, at) as (select * from (values {string.Join(", ", clear.Select(one => string.Create(CultureInfo.InvariantCulture, $"('{one.Camera}', '{one.Kind}', timestamptz '{one.At:O}')")).DefaultIfEmpty("(null, null, null::timestamptz)"))}) sent)
        select move.fid
        from cases.move join detections.scene one on one.case_fid = move.fid join detections.rule using (kind) join gis.cameras camera on camera.fid = one.camera
        cross join lateral (select max(at) as last_seen from detections.sighting sent where sent.scene = one.fid and sent.received_at < move.at) then_
        where move.move = 'close'
          and not exists (select from frame where (frame.camera_id, frame.kind) = (camera.camera_id, one.kind) and frame.at > then_.last_seen and frame.at <= move.at)
          and not coalesce(then_.last_seen < move.at - make_interval(mins => gone_minutes), false)
        """;
}
