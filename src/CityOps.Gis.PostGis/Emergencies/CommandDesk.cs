using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Audit;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>
/// The switch from everyday to emergency and back (平战转换), and what is done in between, for the caller of the flow: each is one transaction with its line in the log and the entry
/// in the audit log. Who may, the database says too (<c>command.check_emergency</c>, <c>check_entry</c>, <c>check_task</c>).
/// </summary>
public sealed class CommandDesk(CallerDatabase source, AreaPicture picture, EmergencyList emergencies)
{
    const int MostSaid = 2000;

    /// <summary>Emergencies are on from here.</summary>
    public async Task<CommandOutcome> Open(NewEmergency emergency, CancellationToken cancel = default)
        => !MayCommand ? CommandRefusals.NotAllowed
            : string.IsNullOrWhiteSpace(emergency.Title) || emergency.Title.Trim().Length > 100 ? CommandRefusals.NeedsTitle
            : emergency.Polygon is null && (emergency.Area is null || SpineTree.LayerOf(emergency.Area) is null) ? CommandRefusals.NeedsArea
            : await Change(async work =>
            {
                if (await work.Value("select id from command.emergency where token = $1", cancel, (emergency.Token, NpgsqlDbType.Uuid)) is long sent)
                    return sent;
                var id = (long)(await work.Value("select nextval('command.emergency_id')", cancel))!;
                var area = emergency.Polygon is { } polygon ? ("select ST_GeomFromWKB($2, 4490)", (object)polygon.AsBinary(), NpgsqlDbType.Bytea)
                    : ($"select ST_Union(geom) from {SqlName.Table(SpineTree.LayerOf(emergency.Area!)!)} where code = $2", emergency.Area!, NpgsqlDbType.Text);
                if (await work.Run($"insert into command.emergency (id, area, title, who_id, who, token) select $1, area, $3, $4, $5, $6 from ({area.Item1}) found(area) where area is not null", cancel,
                    (id, NpgsqlDbType.Bigint), (area.Item2, area.Item3), (emergency.Title.Trim(), NpgsqlDbType.Text), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (emergency.Token, NpgsqlDbType.Uuid)) == 0)
                    return CommandRefusals.NeedsArea;
                await Log(work, id, "opened", emergency.Title.Trim(), cancel);
                await AuditLog.Write(work.Connection, new(AuditKind.EmergencyChanged, $"open {id}", null, new { emergency.Title, emergency.Area }), cancel);
                return id;
            }, cancel);

    /// <summary>A line of the log by hand.</summary>
    public async Task<CommandOutcome> Note(long id, string said, CancellationToken cancel = default)
        => !MayCommand ? CommandRefusals.NotAllowed : IsNoText(said) ? CommandRefusals.NeedsText : await Change(async work =>
        {
            await Log(work, id, "note", said.Trim(), cancel);
            return id;
        }, cancel);

    /// <summary>One message to many: a task for each, all or none.</summary>
    /// <param name="message">Names it: sent again it comes once.</param>
    public async Task<CommandOutcome> Send(long id, string said, IReadOnlyList<Addressee> to, Guid message, CancellationToken cancel = default)
        => !MayCommand ? CommandRefusals.NotAllowed : IsNoText(said) ? CommandRefusals.NeedsText : to.Count == 0 ? CommandRefusals.NeedsAddressees : await Change(async work =>
        {
            if (await work.Value("select 1 from command.task where message = $1 limit 1", cancel, (message, NpgsqlDbType.Uuid)) is not null)
                return id;
            await Lock(work, id, cancel);
            await work.Run("""
                insert into command.task (emergency, number, message, addressee, code, name, said, who)
                select $1, (select coalesce(max(number), 0) from command.task where emergency = $1) + row_number() over (order by place), $2, kind, code, name, $3, $4
                from unnest($5, $6, $7) with ordinality addressed(kind, code, name, place)
                """, cancel, (id, NpgsqlDbType.Bigint), (message, NpgsqlDbType.Uuid), (said.Trim(), NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text),
                (to.Select(one => one.Kind).ToArray(), Texts), (to.Select(one => one.Code).ToArray(), Texts), (to.Select(one => one.Name).ToArray(), Texts));
            await Log(work, id, "sent", $"{said.Trim()} → {string.Join("、", to.Select(one => one.Name))}", cancel);
            await AuditLog.Write(work.Connection, new(AuditKind.EmergencyChanged, $"send {id}", null, new { Said = said.Trim(), To = to.Select(one => one.Code) }), cancel);
            return id;
        }, cancel);

    /// <summary>Whoever is addressed takes a task, or says that it is done.</summary>
    /// <param name="state"><c>taken</c> or <c>done</c>.</param>
    public async Task<CommandOutcome> Answer(long id, EmergencyTask task, string state, string? said, CancellationToken cancel = default)
        => said?.Length > MostSaid ? CommandRefusals.NeedsText : await Change(async work =>
        {
            if (await work.Run("update command.task set state = $3, answered_at = clock_timestamp(), answered_by = $4, answer = $5 where emergency = $1 and number = $2", cancel, (id, NpgsqlDbType.Bigint), (task.Number, NpgsqlDbType.Integer),
                (state, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (string.IsNullOrWhiteSpace(said) ? task.Answer : said.Trim(), NpgsqlDbType.Text)) == 0)
                return CommandRefusals.NoSuchEmergency;
            await Log(work, id, "answered", $"{task.To.Name}：{task.Said}{(string.IsNullOrWhiteSpace(said) ? "" : $"（{said.Trim()}）")}", cancel, state);
            await AuditLog.Write(work.Connection, new(AuditKind.EmergencyChanged, $"answer {id} {task.Number}", null, new { state, said }), cancel);
            return id;
        }, cancel);

    /// <summary>Everyday again: what the area holds is counted once more and kept with the report.</summary>
    public async Task<CommandOutcome> Close(long id, string report, CancellationToken cancel = default)
    {
        if (!MayCommand)
            return CommandRefusals.NotAllowed;
        if (string.IsNullOrWhiteSpace(report) || report.Length > 20_000)
            return CommandRefusals.NeedsReport;
        if (await emergencies.Area(id, cancel) is not { } area)
            return CommandRefusals.NoSuchEmergency;
        var figures = await picture.Figures(area, cancel);
        return await Change(async work =>
        {
            await Log(work, id, "closed", Caller.Current.Name, cancel);
            if (await work.Run("update command.emergency set closed_at = clock_timestamp(), closed_by = $2, report = $3, figures = $4 where id = $1", cancel, (id, NpgsqlDbType.Bigint), (Caller.Current.Name, NpgsqlDbType.Text), (report.Trim(), NpgsqlDbType.Text),
                (JsonSerializer.Serialize(figures), NpgsqlDbType.Jsonb)) == 0)
                return CommandRefusals.NoSuchEmergency;
            await AuditLog.Write(work.Connection, new(AuditKind.EmergencyChanged, $"close {id}", null, new { Report = report.Trim() }), cancel);
            return id;
        }, cancel);
    }

    const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;

    static bool MayCommand => Caller.Current.May(Permission.CommandEmergencies);

    static bool IsNoText(string said) => string.IsNullOrWhiteSpace(said) || said.Length > MostSaid;

    // One after the other, so that numbers follow each other.
    static Task Lock(CallerTransaction work, long id, CancellationToken cancel) => work.Run("select pg_advisory_xact_lock(hashtextextended('command.emergency', $1))", cancel, (id, NpgsqlDbType.Bigint));

    static async Task Log(CallerTransaction work, long id, string kind, string said, CancellationToken cancel, string? state = null)
    {
        await Lock(work, id, cancel);
        await work.Run("insert into command.entry (emergency, number, kind, who_id, who, said, state) values ($1, (select coalesce(max(number), 0) + 1 from command.entry where emergency = $1), $2, $3, $4, left($5, 4000), $6)", cancel,
            (id, NpgsqlDbType.Bigint), (kind, NpgsqlDbType.Text), (Caller.Current.Id, NpgsqlDbType.Text), (Caller.Current.Name, NpgsqlDbType.Text), (said, NpgsqlDbType.Text), (state, NpgsqlDbType.Text));
    }

    Task<CommandOutcome> Change(Func<CallerTransaction, Task<CommandOutcome>> change, CancellationToken cancel)
        => CallerTransaction.Change(source, change, outcome => outcome.Refusal is null, fault => CommandRefusals.Of(fault) is { } refusal ? new CommandOutcome(null, refusal) : null, cancel);
}
