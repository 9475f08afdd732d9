using CityOps.Gis.Access;
using CityOps.Gis.Assessment;
using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>Reads appeals as far as the caller of the flow sees what they are about, and what somebody may want to appeal.</summary>
public sealed class AppealList(CallerDatabase source)
{
    /// <summary>Appeals that a list holds at most.</summary>
    public const int Most = 200;

    // Against a step of a person he himself appeals.
    const string ObjectName = """
        case i.object when 'department' then (select d.name from gis.departments d where d.code = m.object limit 1) when 'grid' then (select g.name from gis.unit_grids g where g.code = m.object order by g.begin_date desc nulls last limit 1)
            else case when m.indicator is not null then m.who end end
        """;

    const string Matter = $"m.indicator, i.title_zh, i.title_en, m.object, {ObjectName}, coalesce(m.case_fid, m.check_fid), coalesce(c.case_number, k.assessment_number), coalesce(c.title, k.indicator), k.points, i.object";

    const string Joins = """
        left join assessment.indicator i on i.id = m.indicator
        left join lateral (select one.case_number, one.title from gis.cases one where one.fid = m.case_fid limit 1) c on true
        left join gis.assessments k on k.fid = m.check_fid
        """;

    /// <summary>Open ones first, the latest first.</summary>
    /// <param name="state">Null: all.</param>
    public async Task<IReadOnlyList<Appeal>> All(AppealState? state, CancellationToken cancel = default)
    {
        await using var connection = await PersonConnection.Open(source, cancel);
        await using var command = new NpgsqlCommand($"{Select} where $1::text is null or m.state = $1 order by m.state <> 'open', m.id desc limit {Most}", connection);
        command.Parameters.Add(new() { Value = state is { } one ? CaseCodes.Of(one) : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        return await Read(command, cancel);
    }

    /// <summary>How many wait for an answer.</summary>
    public async Task<long> Open(CancellationToken cancel = default)
    {
        await using var connection = await PersonConnection.Open(source, cancel);
        await using var command = new NpgsqlCommand("select count(*) from assessment.appeal where state = 'open'", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async Task<Appeal?> Find(long id, CancellationToken cancel = default)
    {
        await using var connection = await PersonConnection.Open(source, cancel);
        await using var command = new NpgsqlCommand($"{Select} where m.id = $1", connection);
        command.Parameters.Add(new() { Value = id });
        return (await Read(command, cancel)).FirstOrDefault();
    }

    /// <summary>A case that an indicator counts for somebody; null where the caller does not see it, or it is a step of somebody else. Whether it is counted the database says when the appeal is made.</summary>
    public Task<AppealMatter?> OfCase(string indicator, string code, long fid, CancellationToken cancel = default) => Find(indicator, code, fid, null, cancel);

    /// <summary>A check on the spot; null where the caller does not see it.</summary>
    public Task<AppealMatter?> OfCheck(long fid, CancellationToken cancel = default) => Find(null, null, null, fid, cancel);

    /// <summary>Department and grid of a check.</summary>
    public async Task<(string? Department, string? Grid)> AssessedBy(long check, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select department_code, grid_code from gis.assessments where fid = $1");
        command.Parameters.Add(new() { Value = check });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (Text(reader, 0), Text(reader, 1)) : (null, null);
    }

    async Task<AppealMatter?> Find(string? indicator, string? code, long? caseFid, long? check, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            select {Matter} from (select $1::text as indicator, $2::text as object, $3::bigint as case_fid, $4::bigint as check_fid, $6::text as who) m {Joins}
            where c.case_number is not null and (i.object in ('grid', 'department') or m.object = $5) or k.points is not null
            """);
        foreach (var text in new[] { indicator, code })
            command.Parameters.Add(new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        foreach (var number in new[] { caseFid, check })
            command.Parameters.Add(new() { Value = (object?)number ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        foreach (var text in new[] { Caller.Current.Id, Caller.Current.Name })
            command.Parameters.Add(new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? MatterOf(reader) : null;
    }

    const string Select = $"""
        select {Matter}, m.id, m.period, m.reason, m.asked_at, m.who_id, m.who, m.state, m.answer, m.answered_at, m.answered_by, array(select p.id from assessment.photo p where p.appeal = m.id order by p.position)
        from assessment.appeal m {Joins}
        """;

    static async Task<IReadOnlyList<Appeal>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var appeals = new List<Appeal>();
        while (await reader.ReadAsync(cancel))
            appeals.Add(new(
                reader.GetInt64(10), MatterOf(reader), reader.GetString(11), reader.GetString(12), reader.GetFieldValue<DateTimeOffset>(13), Text(reader, 14), reader.GetString(15), CaseCodes.Find<AppealState>(reader.GetString(16))!.Value,
                Text(reader, 17), reader.IsDBNull(18) ? null : reader.GetFieldValue<DateTimeOffset>(18), Text(reader, 19), reader.GetFieldValue<Guid[]>(20)));
        return appeals;
    }

    // A case or a check may be gone from the layer while its appeal stays.
    static AppealMatter MatterOf(NpgsqlDataReader row) => new(
        Text(row, 0), row.IsDBNull(1) ? null : new LocalText(row.GetString(1), row.GetString(2)), Text(row, 3), Text(row, 4), CaseCodes.Find<AssessedKind>(Text(row, 9)), row.GetInt64(5), Text(row, 6) ?? "", Text(row, 7), row.IsDBNull(8) ? null : row.GetDouble(8));

    static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
