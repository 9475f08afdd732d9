using CityOps.Gis.Access;
using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>The working hours, holidays and time limits of a city, which administrators of all of it set; each change stands in the audit log with what was before. It holds from a case's next move on.</summary>
public sealed class CaseRules(CallerDatabase source)
{
    /// <summary>May the caller of the flow change them?</summary>
    public static bool MaySet => Caller.Current.May(Permission.Administer) && Caller.Current.Scope is null;

    /// <summary>Working hours of the weekdays that have any.</summary>
    public async Task<IReadOnlyDictionary<DayOfWeek, WorkingSpan[]>> Hours(CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select weekday, extract(epoch from from_time)::bigint, extract(epoch from to_time)::bigint from cases.working_hours order by weekday, from_time");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var spans = new List<(DayOfWeek Day, WorkingSpan Span)>();
        while (await reader.ReadAsync(cancel))
            spans.Add(((DayOfWeek)(reader.GetInt32(0) % 7), new(TimeSpan.FromSeconds(reader.GetInt64(1)), TimeSpan.FromSeconds(reader.GetInt64(2)))));
        return spans.GroupBy(one => one.Day).ToDictionary(day => day.Key, day => day.Select(one => one.Span).ToArray());
    }

    /// <summary>Open cases whose deadline runs: it stays until their next move.</summary>
    public async Task<long> Running(CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select count(*) from gis.cases where {CaseDue.Open} and {CaseDue.At} is not null");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Sets the week as a whole; days that are left out are free.</summary>
    /// <exception cref="ArgumentException">A Monday has no hours: working days are counted by it.</exception>
    /// <exception cref="UnauthorizedAccessException">The caller is no administrator of the whole city.</exception>
    public async Task Set(IReadOnlyDictionary<DayOfWeek, WorkingSpan[]> week, CancellationToken cancel = default)
    {
        if (week.GetValueOrDefault(DayOfWeek.Monday) is not { Length: > 0 })
            throw new ArgumentException("A Monday has no working hours; working days are counted by it.", nameof(week));
        var rows = week.SelectMany(day => day.Value.Select(span => (Day: ((int)day.Key + 6) % 7 + 1, span.From, span.To))).ToList();
        await Change("working hours", Told(await Hours(cancel)), Told(week), """
            with gone as (delete from cases.working_hours where not exists (
                select from unnest($1, $2, $3) kept(weekday, from_second, to_second) where (kept.weekday, time '00:00' + kept.from_second * interval '1 second') = (working_hours.weekday, working_hours.from_time)))
            insert into cases.working_hours select weekday, time '00:00' + from_second * interval '1 second', case to_second when 86400 then time '24:00' else time '00:00' + to_second * interval '1 second' end
            from unnest($1, $2, $3) kept(weekday, from_second, to_second) on conflict (weekday, from_time) do update set to_time = excluded.to_time
            """, [Value(rows.Select(row => row.Day).ToArray(), Numbers), Value(rows.Select(row => (int)row.From.TotalSeconds).ToArray(), Numbers), Value(rows.Select(row => (int)row.To.TotalSeconds).ToArray(), Numbers)], cancel);
    }

    /// <summary>Sets many days at once, whatever they were before: all of them or none.</summary>
    /// <returns>How many are other than they were.</returns>
    /// <exception cref="UnauthorizedAccessException">The caller is no administrator of the whole city.</exception>
    public async Task<int> Set(IReadOnlyList<Holiday> days, CancellationToken cancel = default)
    {
        var before = new Dictionary<DateOnly, Holiday>();
        foreach (var year in days.Select(one => one.Day.Year).Distinct())
            foreach (var one in await Holidays(year, cancel))
                before[one.Day] = one;
        var changed = days.Where(one => before.GetValueOrDefault(one.Day) != one).OrderBy(one => one.Day).ToList();
        if (changed.Count > 0)
            await Change($"{changed[0].Day:yyyy-MM-dd} – {changed[^1].Day:yyyy-MM-dd}", Told(changed.Select(one => before.GetValueOrDefault(one.Day)).OfType<Holiday>()), Told(changed), """
                insert into cases.holiday select * from unnest($1, $2, $3) on conflict (day) do update set is_working = excluded.is_working, name = excluded.name
                """, [Value(changed.Select(one => one.Day).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Date), Value(changed.Select(one => one.IsWorking).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Boolean), Value(changed.Select(one => one.Name.Trim()).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text)], cancel);
        return changed.Count;
    }

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
        if (!MaySet)
            throw new UnauthorizedAccessException("Working hours, holidays and time limits are set by administrators of the whole city.");
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

    const NpgsqlDbType Numbers = NpgsqlDbType.Array | NpgsqlDbType.Integer;

    static Dictionary<string, string> Told(IReadOnlyDictionary<DayOfWeek, WorkingSpan[]> week) => week.Where(day => day.Value.Length > 0).ToDictionary(day => day.Key.ToString(), day => string.Join(' ', day.Value));

    static Dictionary<string, string> Told(IEnumerable<Holiday> days) => days.ToDictionary(one => $"{one.Day:yyyy-MM-dd}", one => $"{(one.IsWorking ? "worked" : "free")} {one.Name}");

    static object? Told(TimeLimit? limit) => limit is null ? null : new { limit.Amount, Unit = CaseCodes.Of(limit.Unit) };
}
