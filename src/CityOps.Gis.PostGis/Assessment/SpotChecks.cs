using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Collections;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>Checks on the spot (实地考评): features of the layer <c>assessments</c> with their photos, written down by who evaluates and read as far as the caller of the flow sees them.</summary>
/// <param name="zone">Whose days stand in their numbers.</param>
public sealed class SpotChecks(CallerDatabase source, LayerCatalog catalog, TimeZoneInfo zone)
{
    /// <summary>Checks that a list holds at most, and photos of one.</summary>
    public const int Most = 200, MostPhotos = 9;

    /// <summary>Those that an area or a department has in the period, the latest first; withdrawn ones too.</summary>
    public async Task<IReadOnlyList<SpotCheck>> Of(AssessmentQuestion question, string code, CancellationToken cancel = default)
    {
        if (question.Kind.IsPerson())
            return [];
        var filter = new SqlFilter();
        filter.And($"k.points is not null and k.period = {filter.Value(question.Period.ToString())} and {(question.Kind == AssessedKind.Department ? "k.department_code = " + filter.Value(code) : $"starts_with(k.grid_code, {filter.Value(code)})")}");
        if (question.Aspect is { } aspect)
            filter.And($"k.aspect = {filter.Value(CaseCodes.Of(aspect))}");
        await using var connection = await source.Open(cancel);
        await using var command = filter.Command(connection, $"""
            select k.fid, k.assessment_number, k.indicator, k.aspect, k.points, k.occurred_at, k.grid_code, k.department_code, k.withdrawn is true, a.id, a.state,
                array(select p.id from assessment.photo p where p.check_fid = k.fid order by p.position)
            from gis.assessments k left join lateral (select id, state from assessment.appeal one where one.check_fid = k.fid and one.state <> 'withdrawn' order by id desc limit 1) a on true
            where {filter.Where} order by k.occurred_at desc nulls last, k.fid desc limit {Most}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var checks = new List<SpotCheck>();
        while (await reader.ReadAsync(cancel))
            checks.Add(new(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), CaseCodes.Find<Aspect>(Text(reader, 3)), reader.GetDouble(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5), Text(reader, 6), Text(reader, 7),
                reader.GetBoolean(8), reader.IsDBNull(9) ? null : (reader.GetInt64(9), CaseCodes.Find<AppealState>(reader.GetString(10))!.Value), reader.GetFieldValue<Guid[]>(11)));
        return checks;
    }

    /// <summary>Writes one down: a feature with its photos, in one transaction with the entry in the audit log.</summary>
    public async Task<AssessmentOutcome> Make(NewSpotCheck check, CancellationToken cancel = default)
        => !Caller.Current.May(Permission.SuperviseCases) ? AppealRefusals.NotSupervising
            : string.IsNullOrWhiteSpace(check.Finding) || check.Finding.Trim().Length > 60 ? AppealRefusals.NeedsFinding
            : !(Math.Abs(check.Points) is > 0 and <= 100) ? AppealRefusals.NeedsPoints
            : check.Place is not { } place || !(Math.Abs(place.Longitude) <= 180 && Math.Abs(place.Latitude) <= 90) ? AppealRefusals.NeedsPlace
            : check.Photos.Count > MostPhotos ? AppealRefusals.TooManyPhotos
            : await Change(async work =>
            {
                if (await ClosedPeriods.When(work.Connection, check.Period, cancel) is not null)
                    return AppealRefusals.PeriodKept;
                if (check.Department is { } department && await work.Value("select 1 from gis.departments where code = $1 limit 1", cancel, (department, NpgsqlDbType.Text)) is null)
                    return AppealRefusals.NoDepartment;
                var fid = await Insert(work, check, place, cancel);
                await CheckPhotos.Write(work, check.Photos, appeal: null, check: fid, after: 0, cancel);
                await FeatureAudit.Write(work.Connection, catalog.Find(AssessmentTables.LayerId)!, fid, AuditKind.FeatureCreated, before: null, cancel);
                return fid;
            }, cancel);

    /// <summary>Adds photos to a check that is there.</summary>
    public async Task<AssessmentOutcome> Add(long fid, IReadOnlyList<NewPhoto> photos, CancellationToken cancel = default)
        => !Caller.Current.May(Permission.SuperviseCases) ? AppealRefusals.NotSupervising : await Change(async work =>
        {
            if (await work.Value("select 1 from gis.assessments where fid = $1 for update", cancel, (fid, NpgsqlDbType.Bigint)) is null)
                return AppealRefusals.NoCheck;
            var there = (int)(await work.Value("select count(*)::int from assessment.photo where check_fid = $1", cancel, (fid, NpgsqlDbType.Bigint)))!;
            if (there + photos.Count > MostPhotos)
                return AppealRefusals.TooManyPhotos;
            await CheckPhotos.Write(work, photos, appeal: null, check: fid, there, cancel);
            await AuditLog.Write(work.Connection, new(AuditKind.CheckPhotographed, After: new { Photos = photos.Count }) { LayerId = AssessmentTables.LayerId, Fid = fid }, cancel);
            return fid;
        }, cancel);

    async Task<long> Insert(CallerTransaction work, NewSpotCheck check, (double Longitude, double Latitude) place, CancellationToken cancel)
    {
        var fid = (long)(await work.Value("select nextval('gis.assessments_fid_seq')", cancel))!;
        await work.Run("""
            insert into gis.assessments (fid, geom, assessment_number, indicator, aspect, score, points, period, occurred_at, department)
            select $1, ST_SetSRID(ST_MakePoint($2, $3), 4490), assessment.next_check_number((now() at time zone $4)::date), $5, $6, $7, $7, $8, now(), $9
            """, cancel, (fid, NpgsqlDbType.Bigint), (place.Longitude, NpgsqlDbType.Double), (place.Latitude, NpgsqlDbType.Double), (zone.Id, NpgsqlDbType.Text), (check.Finding.Trim(), NpgsqlDbType.Text),
            (check.Aspect is { } aspect ? CaseCodes.Of(aspect) : null, NpgsqlDbType.Text), (check.Points, NpgsqlDbType.Double), (check.Period.ToString(), NpgsqlDbType.Text), (check.Department, NpgsqlDbType.Text));
        return fid;
    }

    async Task<AssessmentOutcome> Change(Func<CallerTransaction, Task<AssessmentOutcome>> change, CancellationToken cancel)
    {
        await using var work = await CallerTransaction.Begin(source, cancel);
        try
        {
            var outcome = await change(work);
            if (outcome.Refusal is null)
                await work.Commit(cancel);
            return outcome;
        }
        catch (PostgresException fault) when (AppealRefusals.OfCheck(fault) is not null)
        {
            return AppealRefusals.OfCheck(fault)!;
        }
    }

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
