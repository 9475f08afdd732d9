using System.Text;
using Npgsql;

namespace CityOps.Gis.PostGis.Access;

/// <summary>
/// What is stored about a person, for himself (PIPL art. 45), as JSON. His account is read past row-level security, by his number; what he did is read as he may see it today: a case that
/// lies outside his scope by now is not told again.
/// </summary>
public sealed class OwnData(NpgsqlDataSource source, CallerDatabase database)
{
    static readonly (string Name, string Sql)[] s_account =
    [
        ("account", """
            select p.id, p.user_name, p.display_name, p.created_at, p.two_factor_enabled, p.sees_whole_city, array(select role from access.person_role r where r.person_id = p.id order by 1) as roles,
                array(select level || ':' || code from access.person_scope s where s.person_id = p.id order by 1) as scope from access.person p where p.id::text = $1
            """),
        ("single_sign_on", "select login_provider, provider_key, provider_display_name from access.person_login where user_id::text = $1"),
        ("sessions", "select way, address, browser, begun_at, seen_at, ends_at, ended_at from access.session where person_id::text = $1 order by begun_at"),
        ("changes_of_sign_in", "select e.at, e.kind, e.who, e.address, n.confirmed_at, n.disputed_at, n.settled_at from access.notice n join cityops.audit_entry e on e.id = n.entry_id where n.person_id::text = $1 order by e.id"),
        ("views", "select name, address, is_shared, created_at, changed_at from cityops.saved_view where owner = $1 order by name"),
        ("own_grids", "select code from cityops.own_grid where owner = $1 order by code"),
        ("deliveries", "select name, state, created_at from cityops.import_job where started_by_id = $1 order by id"),
        // What was before and after is the city's, not the person's.
        ("audit_log", "select at, kind, address, layer_id, fid, subject from cityops.audit_entry where who_id = $1 order by id"),
    ];

    static readonly (string Name, string Sql)[] s_work =
    [
        ("last_position", "select at, ST_X(geom) as longitude, ST_Y(geom) as latitude, accuracy_m, grid_code from cityops.officer_position where person_id = $1"),
        ("track", "select at, ST_X(geom) as longitude, ST_Y(geom) as latitude, accuracy_m, grid_code from cityops.track_point where person_id = $1 order by at"),
        ("patrols", "select id, begun_at, ended_at from cityops.patrol where person_id = $1 order by begun_at"),
        ("patrol_notes", "select at, ST_X(geom) as longitude, ST_Y(geom) as latitude, grid_code, note from cityops.patrol_note where person_id = $1 order by at"),
        ("grid_visits", "select day, grid_code, is_own, first_at, last_at, minutes, meters, share from cityops.grid_visit where person_id = $1 order by day, grid_code"),
        ("case_moves", "select one.case_number, m.at, m.move, m.from_stage, m.to_stage, m.note from cases.move m join gis.cases one on one.fid = m.fid where m.who_id = $1 order by m.at, m.fid"),
        ("case_parts", "select one.case_number, p.asked_at, p.department, p.asked from cases.part p join gis.cases one on one.fid = p.fid where p.who_id = $1 order by p.asked_at"),
        ("case_part_steps", "select one.case_number, s.at, s.step, s.note from cases.part_step s join gis.cases one on one.fid = s.fid where s.who_id = $1 order by s.at"),
        ("alarms_acknowledged", "select fid as device, acknowledged_at, note from devices.alarm where who_id = $1 order by acknowledged_at"),
        ("assessment_figures", """
            select period, kind, indicator, counted, of, score, weight from assessment.figure where object = $1 and kind in ('collector', 'operator', 'shift-leader', 'dispatcher') order by period, kind, indicator
            """),
        ("appeals", "select id, indicator, object, case_fid, check_fid, period, reason, asked_at, state, answer, answered_at from assessment.appeal where who_id = $1 order by id"),
        ("detections_decided", "select fid as detection, decided_at, status, note from detections.scene where decided_by_id = $1 order by decided_at"),
    ];

    /// <summary>Writes it as it comes; for the caller of the flow, whose number it is.</summary>
    public async Task Write(Guid id, Stream output, CancellationToken cancel = default)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await writer.WriteAsync("{".AsMemory(), cancel);
        await using (var connection = await source.OpenConnectionAsync(cancel))
            for (var at = 0; at < s_account.Length; at++)
                await Write(writer, connection, s_account[at], id, isFirst: at == 0, cancel);
        await using (var connection = await PersonConnection.Open(database, cancel))
            foreach (var part in s_work)
                await Write(writer, connection, part, id, isFirst: false, cancel);
        await writer.WriteAsync("\n}\n".AsMemory(), cancel);
    }

    static async Task Write(StreamWriter writer, NpgsqlConnection connection, (string Name, string Sql) part, Guid id, bool isFirst, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select row_to_json(one)::text from ({part.Sql}) one", connection) { Parameters = { new() { Value = id.ToString() } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await writer.WriteAsync($"{(isFirst ? "" : ",")}\n\"{part.Name}\": [".AsMemory(), cancel);
        for (var rows = 0; await reader.ReadAsync(cancel); rows++)
            await writer.WriteAsync($"{(rows == 0 ? "" : ",")}\n  {reader.GetString(0)}".AsMemory(), cancel);
        await writer.WriteAsync("]".AsMemory(), cancel);
    }
}
