using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Collections;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// Where cases begin: a report becomes a feature of the layer with its number, its jurisdiction and its first move, in one transaction. Whom it falls to follows from its class,
/// else from its component (<c>cases.likely_department</c>).
/// </summary>
/// <param name="zone">Whose local time the working hours and the days of case numbers are in.</param>
public sealed class CaseIntake(CallerDatabase source, LayerCatalog catalog, TimeZoneInfo zone)
{
    /// <summary>What is known before the case is there.</summary>
    sealed record Draft(CodeEntry Class, double Longitude, double Latitude, DateTimeOffset At, DateTimeOffset OccurredAt);

    /// <summary>Why the report would be refused whatever the city holds: asked before its photos are made, which takes long. Null where nothing speaks against it.</summary>
    /// <param name="photos">How many come with it.</param>
    public CaseRefusal? Refusal(CaseReport report, int photos) => Refused(report, OrderOf(report), photos) ?? (ClassOf(report) is null ? CaseRefusals.NoClass : null);

    public async Task<CaseOutcome> Report(CaseReport report, CancellationToken cancel = default)
    {
        var order = OrderOf(report);
        if (Refused(report, order, report.Photos.Count) is { } refusal)
            return refusal;
        if (ClassOf(report) is not { } kind)
            return CaseRefusals.NoClass;
        await using var work = await CaseTransaction.Begin(source, zone, cancel);
        if (await CaseRows.Sent(work.Connection, report.Token, cancel) is { } sent)
            return await CaseRows.Find(work.Connection, sent, isLocked: false, cancel) is { } known ? known.State : CaseRefusals.NoSuchCase;
        var component = report.ComponentCode is null ? null : await PlaceOf(work.Connection, report.ComponentCode, cancel);
        if (report.ComponentCode is not null && component is null)
            return CaseRefusals.NoComponent;
        if ((report.Place ?? component) is not var (longitude, latitude))
            return CaseRefusals.NoPlace;
        var now = await work.Now(cancel);
        if (report.OccurredAt > now.AddMinutes(5))
            return CaseRefusals.InFuture;
        try
        {
            var fid = await Write(work, report, order, new(kind, longitude, latitude, now, report.OccurredAt < now ? report.OccurredAt.Value : now), cancel);
            await work.Commit(cancel);
            return (await CaseRows.Find(work.Connection, fid, isLocked: false, cancel))!.Value.State;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return CaseRefusals.OutsideScope;
        }
        catch (PostgresException fault) when (fault is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "uq_move_token" })
        {
            return CaseRefusals.Changed;
        }
    }

    static CaseOrder OrderOf(CaseReport report) => new(CaseMoves.Report.Id, 0) { Note = report.Note, Photos = report.Photos, Token = report.Token };

    CaseRefusal? Refused(CaseReport report, CaseOrder order, int photos)
        => !Caller.Current.May(CaseMoves.Report.Who) ? CaseRefusals.NotAllowed
            : catalog.Lists.Find("case-sources")?.Contains(report.Source) == false ? CaseRefusals.NoSource
            : report.Place is { } place && !(Math.Abs(place.Longitude) <= 180 && Math.Abs(place.Latitude) <= 90) ? CaseRefusals.NoPlace
            : CaseRefusals.Missing(CaseMoves.Report.Needs, order, photos);

    CodeEntry? ClassOf(CaseReport report)
        => catalog.Lists.Find("event-classes")?.Entries.FirstOrDefault(entry => entry.Code == report.ClassCode && (report.ClassTable is null || entry.Table == report.ClassTable));

    // A point on it, so that it lies in the component's grid; of several with the code the youngest.
    static async Task<(double, double)?> PlaceOf(NpgsqlConnection connection, string code, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select ST_X(spot), ST_Y(spot) from (select case ST_Dimension(geom) when 1 then ST_LineInterpolatePoint(ST_GeometryN(ST_LineMerge(geom), 1), 0.5) else ST_PointOnSurface(geom) end as spot, valid_from
            from gis.components where code = $1) one order by valid_from desc limit 1
            """, connection) { Parameters = { new() { Value = code } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) && !reader.IsDBNull(0) ? (reader.GetDouble(0), reader.GetDouble(1)) : null;
    }

    async Task<long> Write(CaseTransaction work, CaseReport report, CaseOrder order, Draft draft, CancellationToken cancel)
    {
        var first = new MadeMove(1, draft.At, CaseMoves.Report.Id, null, CaseStage.Collect, Caller.Current.Id, Caller.Current.Name, report.Note.Trim(), null, null, null, default, []);
        var (fid, area) = await Insert(work.Connection, report, draft, cancel);
        await CaseRows.Write(work.Connection, fid, first with { Deadlines = work.Settings.Clock.Of([first.Step], report.ClassCode, area) }, order, cancel);
        await FeatureAudit.Write(work.Connection, catalog.Find(CaseTables.LayerId)!, fid, AuditKind.FeatureCreated, before: null, cancel);
        return fid;
    }

    async Task<(long Fid, string? AreaType)> Insert(NpgsqlConnection connection, CaseReport report, Draft draft, CancellationToken cancel)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(draft.At, zone).DateTime);
        await using var command = new NpgsqlCommand("""
            with spot as materialized (select ST_SetSRID(ST_MakePoint($1, $2), 4490) as geom),
                stamp as materialized (select spot.geom, at.* from spot, cityops.assign_jurisdiction(spot.geom, $3, null) at),
                made as (
                    insert into gis.cases (fid, geom, district_code, case_number, title, class_code, class_table, status, occurred_at, case_source, component_code, address, department)
                    select $12, stamp.geom, stamp.district_code, cases.next_number($4, $3, $5), $6, $3, $7, 'collect', $8, $9, $10, $11,
                        case when stamp.department_code is null then cases.likely_department($3, stamp.district_code, $10) end
                    from stamp
                )
            select (select grid.management_level from gis.unit_grids grid where grid.code = stamp.grid_code limit 1) from stamp
            """, connection);
        var fid = await Sql.Value<long>(connection, "select nextval('gis.cases_fid_seq')", cancel);
        object?[] values =
        [
            draft.Longitude, draft.Latitude, report.ClassCode, report.ComponentCode is null ? "E" : "C", day, Title(report, draft), draft.Class.Table, draft.OccurredAt.ToUniversalTime(), report.Source,
            report.ComponentCode, report.Address, fid,
        ];
        foreach (var value in values)
            command.Parameters.Add(value is null ? new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text } : new() { Value = value });
        return (fid, await command.ExecuteScalarAsync(cancel) as string);
    }

    static string Title(CaseReport report, Draft draft) => string.IsNullOrWhiteSpace(report.Title) ? draft.Class.Name.Zh : report.Title.Trim();
}
