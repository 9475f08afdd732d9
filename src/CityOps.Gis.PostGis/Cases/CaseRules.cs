using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>The holidays and time limits of a city, which administrators set; each change stands in the audit log with what was before. It holds from a case's next move on.</summary>
public sealed class CaseRules(CallerDatabase source)
{
    /// <summary>Days of a year that are other than their weekday, in order.</summary>
    public async Task<IReadOnlyList<Holiday>> Holidays(int year, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select day, is_working, name from cases.holiday where extract(year from day) = $1 order by day");
        command.Parameters.Add(new() { Value = year });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var days = new List<Holiday>();
        while (await reader.ReadAsync(cancel))
            days.Add(new(reader.GetFieldValue<DateOnly>(0), reader.GetBoolean(1), reader.GetString(2)));
        return days;
    }

    /// <summary>By stage, the general ones first; with where the number comes from, null for this project's own and for those that were set here.</summary>
    public async Task<IReadOnlyList<(TimeLimit Limit, string? Source)>> Limits(CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select class_prefix, area_type, stage, amount, unit, source from cases.time_limit
            order by array_position(array['collect', 'file', 'dispatch', 'handle', 'feedback'], stage), class_prefix, area_type nulls first
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var limits = new List<(TimeLimit, string?)>();
        while (await reader.ReadAsync(cancel))
            limits.Add((new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), CaseCodes.Find<CaseStage>(reader.GetString(2))!.Value, reader.GetInt32(3), CaseCodes.Find<TimeUnit>(reader.GetString(4))!.Value),
                reader.IsDBNull(5) ? null : reader.GetString(5)));
        return limits;
    }

    /// <summary>Sets a day, whatever it was before.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller is no administrator of the whole city.</exception>
    public async Task Set(Holiday holiday, CancellationToken cancel = default)
    {
        var before = (await Holidays(holiday.Day.Year, cancel)).FirstOrDefault(one => one.Day == holiday.Day);
        await Change($"{holiday.Day:yyyy-MM-dd}", before, holiday, "insert into cases.holiday values ($1, $2, $3) on conflict (day) do update set is_working = $2, name = $3",
            [Value(holiday.Day, NpgsqlDbType.Date), Value(holiday.IsWorking, NpgsqlDbType.Boolean), Value(holiday.Name.Trim(), NpgsqlDbType.Text)], cancel);
    }

    /// <summary>The day is as its weekday again.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller is no administrator of the whole city.</exception>
    public Task Drop(Holiday holiday, CancellationToken cancel = default)
        => Change($"{holiday.Day:yyyy-MM-dd}", holiday, null, "delete from cases.holiday where day = $1", [Value(holiday.Day, NpgsqlDbType.Date)], cancel);

    /// <summary>Sets the limit of a class, area and stage, whatever it was before.</summary>
    /// <exception cref="UnauthorizedAccessException">The caller is no administrator of the whole city.</exception>
    public async Task Set(TimeLimit limit, CancellationToken cancel = default)
    {
        var before = (await Limits(cancel)).Select(one => one.Limit).FirstOrDefault(one => (one.ClassPrefix, one.AreaType, one.Stage) == (limit.ClassPrefix, limit.AreaType, limit.Stage));
        await Change(NameOf(limit), Told(before), Told(limit), """
            insert into cases.time_limit values ($1, $2, $3, $4, $5, null) on conflict on constraint uq_time_limit do update set amount = $4, unit = $5, source = null
            """, [.. Key(limit), Value(limit.Amount, NpgsqlDbType.Integer), Value(CaseCodes.Of(limit.Unit), NpgsqlDbType.Text)], cancel);
    }

    /// <summary>The more general limit of the stage holds again.</summary>
    /// <exception cref="ArgumentException">It is the most general one: without it a stage would have no end.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is no administrator of the whole city.</exception>
    public Task Drop(TimeLimit limit, CancellationToken cancel = default)
        => limit is { ClassPrefix: "", AreaType: null }
            ? throw new ArgumentException("The limit for all classes and areas can be changed, not dropped.", nameof(limit))
            : Change(NameOf(limit), Told(limit), null, "delete from cases.time_limit where class_prefix = $1 and area_type is not distinct from $2 and stage = $3", Key(limit), cancel);

    async Task Change(string subject, object? before, object? after, string sql, NpgsqlParameter[] values, CancellationToken cancel)
    {
        if (!Caller.Current.May(Permission.Administer))
            throw new UnauthorizedAccessException("Holidays and time limits are set by administrators.");
        await using var connection = await source.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var tell = new NpgsqlCommand("select set_config('cityops.permissions', $1, true)", connection) { Parameters = { new() { Value = nameof(Permission.Administer) } } };
        await tell.ExecuteNonQueryAsync(cancel);
        await using var change = new NpgsqlCommand(sql, connection);
        change.Parameters.AddRange(values);
        await change.ExecuteNonQueryAsync(cancel);
        await AuditLog.Write(connection, new(AuditKind.CaseRulesChanged, subject, before, after), cancel);
        await transaction.CommitAsync(cancel);
    }

    static NpgsqlParameter[] Key(TimeLimit limit)
        => [Value(limit.ClassPrefix, NpgsqlDbType.Text), Value(limit.AreaType, NpgsqlDbType.Text), Value(CaseCodes.Of(limit.Stage), NpgsqlDbType.Text)];

    static NpgsqlParameter Value(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    static string NameOf(TimeLimit limit) => string.Join(' ', new[] { CaseCodes.Of(limit.Stage), limit.ClassPrefix, limit.AreaType }.Where(part => !string.IsNullOrEmpty(part)));

    static object? Told(TimeLimit? limit) => limit is null ? null : new { limit.Amount, Unit = CaseCodes.Of(limit.Unit) };
}
