using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.SpecialTasks;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>
/// Where special tasks are made, ticked off and withdrawn, for the caller of the flow and within his scope: one transaction with the entry in the audit log. What is refused here
/// with a sentence the database refuses too (<c>special.check_task</c>, <c>special.check_tick</c>).
/// </summary>
public sealed class SpecialDesk(CallerDatabase source)
{
    /// <summary>Unit grids and items that a task has at most.</summary>
    public const int MostGrids = 3000, MostItems = 50;

    public async Task<SpecialOutcome> Make(NewSpecialTask task, CancellationToken cancel = default)
        => !Caller.Current.May(Permission.SuperviseCases) ? SpecialRefusals.NotAllowed
            : string.IsNullOrWhiteSpace(task.Title) || task.Title.Trim().Length > 100 ? SpecialRefusals.NeedsTitle
            : task.Ends <= task.Begins ? SpecialRefusals.NeedsTime
            : task.Items.Count is 0 or > MostItems || task.Items.Any(item => string.IsNullOrWhiteSpace(item.Asked) || item.Asked.Length > 500) ? SpecialRefusals.NeedsItems
            : task.Area is null && task.Polygon is null ? SpecialRefusals.NeedsArea
            : await Change(async work =>
            {
                if (await work.Value("select id from special.task where token = $1", cancel, (task.Token, NpgsqlDbType.Uuid)) is long sent)
                    return sent;
                var id = (long)(await work.Value("select nextval('special.task_id')", cancel))!;
                await work.Run("insert into special.task (id, title, brief, begins, ends, who_id, who, token) values ($1, $2, $3, $4, $5, $6, $7, $8)", cancel,
                    (id, NpgsqlDbType.Bigint), (task.Title.Trim(), NpgsqlDbType.Text), (string.IsNullOrWhiteSpace(task.Brief) ? null : task.Brief.Trim(), NpgsqlDbType.Text), (task.Begins.ToUniversalTime(), NpgsqlDbType.TimestampTz),
                    (task.Ends.ToUniversalTime(), NpgsqlDbType.TimestampTz), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (task.Token, NpgsqlDbType.Uuid));
                foreach (var (at, item) in task.Items.Index())
                    await work.Run("insert into special.item (task, number, asked, class_code, needs_photo) values ($1, $2, $3, $4, $5)", cancel,
                        (id, NpgsqlDbType.Bigint), (at + 1, NpgsqlDbType.Integer), (item.Asked.Trim(), NpgsqlDbType.Text), (item.ClassCode, NpgsqlDbType.Text), (item.NeedsPhoto, NpgsqlDbType.Boolean));
                var grids = await AddGrids(work, id, task, cancel);
                if (grids is 0 or > MostGrids)
                    return grids == 0 ? SpecialRefusals.NoGrids : SpecialRefusals.TooManyGrids;
                await AuditLog.Write(work.Connection, new(AuditKind.SpecialTaskChanged, $"make {id}", null, new { task.Title, task.Begins, task.Ends, Grids = grids, Items = task.Items.Select(item => item.Asked) }), cancel);
                return id;
            }, cancel);

    public async Task<SpecialOutcome> Tick(NewTick tick, CancellationToken cancel = default)
        => !Caller.Current.May(Permission.InspectCases) ? SpecialRefusals.NotAllowed
            : tick.State == TickState.NotInOrder && string.IsNullOrWhiteSpace(tick.Note) ? SpecialRefusals.NeedsNote
            : tick.Note?.Length > 2000 || tick.Photos.Count > 9 ? SpecialRefusals.TooMuch
            : await Change(async work =>
            {
                if (await work.Value("select task from special.tick where token = $1", cancel, (tick.Token, NpgsqlDbType.Uuid)) is long sent)
                    return sent;
                (object?, NpgsqlDbType)[] key = [(tick.Task, NpgsqlDbType.Bigint), (tick.Grid, NpgsqlDbType.Text), (tick.Item, NpgsqlDbType.Integer), (tick.After + 1, NpgsqlDbType.Integer)];
                await work.Run("insert into special.tick (task, grid_code, item, number, state, who_id, who, note, photos, case_fid, token) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", cancel,
                    [.. key, (CaseCodes.Of(tick.State), NpgsqlDbType.Text), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (string.IsNullOrWhiteSpace(tick.Note) ? null : tick.Note.Trim(), NpgsqlDbType.Text),
                        ((short)tick.Photos.Count, NpgsqlDbType.Smallint), (tick.CaseFid, NpgsqlDbType.Bigint), (tick.Token, NpgsqlDbType.Uuid)]);
                foreach (var (at, photo) in tick.Photos.Index())
                    await work.Run("insert into special.photo (task, grid_code, item, number, id, position, bytes, small) values ($1, $2, $3, $4, $5, $6, $7, $8)", cancel,
                        [.. key, (Guid.NewGuid(), NpgsqlDbType.Uuid), ((short)(at + 1), NpgsqlDbType.Smallint), (photo.Bytes, NpgsqlDbType.Bytea), (photo.Small, NpgsqlDbType.Bytea)]);
                await AuditLog.Write(work.Connection, new(AuditKind.SpecialTaskChanged, $"tick {tick.Task} {tick.Grid} {tick.Item}", null, new { State = CaseCodes.Of(tick.State), tick.Note, tick.CaseFid }), cancel);
                return tick.Task;
            }, cancel);

    /// <summary>It need not be done any more; what was ticked stays.</summary>
    public async Task<SpecialOutcome> Withdraw(long id, CancellationToken cancel = default)
        => !Caller.Current.May(Permission.SuperviseCases) ? SpecialRefusals.NotAllowed : await Change(async work =>
        {
            if (await work.Run("update special.task set withdrawn_at = clock_timestamp(), withdrawn_by = $2 where id = $1 and withdrawn_at is null", cancel, (id, NpgsqlDbType.Bigint), (Caller.Current.Name, NpgsqlDbType.Text)) == 0)
                return SpecialRefusals.NoSuchTask;
            await AuditLog.Write(work.Connection, new(AuditKind.SpecialTaskChanged, $"withdraw {id}"), cancel);
            return id;
        }, cancel);

    // Of today's unit grids; the row-level security of the task's grids keeps to the caller's scope, so what lies outside of it is left out here.
    static async Task<int> AddGrids(CallerTransaction work, long id, NewSpecialTask task, CancellationToken cancel)
        => await work.Run($"""
            insert into special.grid (task, grid_code, community_code, subdistrict_code, district_code)
            select $1, code, left(code, 12), left(code, 9), left(code, 6) from gis.unit_grids
            where {SpineTree.IsCurrent("unit_grids", "")} and {(task.Polygon is null ? "starts_with(code, $2)" : "ST_Intersects(geom, ST_GeomFromWKB($2, 4490)) and ST_Intersects(ST_PointOnSurface(geom), ST_GeomFromWKB($2, 4490))")}
                and (current_setting('role', true) is distinct from 'cityops_caller' or left(code, 6) = any((select cityops.caller_codes('districts'))::text[]) or left(code, 9) = any((select cityops.caller_codes('subdistricts'))::text[])
                    or left(code, 12) = any((select cityops.caller_codes('communities'))::text[]) or code = any((select cityops.caller_codes('grids'))::text[]))
            order by code limit {MostGrids + 1}
            """, cancel, (id, NpgsqlDbType.Bigint), task.Polygon is { } polygon ? (polygon.AsBinary(), NpgsqlDbType.Bytea) : (task.Area, NpgsqlDbType.Text));

    Task<SpecialOutcome> Change(Func<CallerTransaction, Task<SpecialOutcome>> change, CancellationToken cancel)
        => CallerTransaction.Change(source, change, outcome => outcome.Refusal is null, fault => SpecialRefusals.Of(fault) is { } refusal ? new SpecialOutcome(null, refusal) : null, cancel);
}
