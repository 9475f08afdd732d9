using CityOps.Gis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>The city's working hours, holidays and time limits as they stand in <c>cases.working_hours</c>, <c>cases.holiday</c> and <c>cases.time_limit</c>.</summary>
public sealed record CaseSettings(WorkingCalendar Calendar, TimeLimits Limits)
{
    public CaseClock Clock { get; } = new(Calendar, Limits);

    /// <summary>Reads them in one round trip.</summary>
    /// <param name="zone">Whose local time the working hours are in.</param>
    /// <exception cref="ArgumentException">A Monday has no working hours.</exception>
    public static async Task<CaseSettings> Load(NpgsqlConnection connection, TimeZoneInfo zone, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand("""
            select weekday, extract(epoch from from_time)::bigint, extract(epoch from to_time)::bigint from cases.working_hours order by weekday, from_time;
            select day, is_working from cases.holiday;
            select class_prefix, area_type, stage, amount, unit from cases.time_limit
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var hours = await All(reader, row => (Day: (DayOfWeek)(row.GetInt32(0) % 7), Span: new WorkingSpan(TimeSpan.FromSeconds(row.GetInt64(1)), TimeSpan.FromSeconds(row.GetInt64(2)))), cancel);
        await reader.NextResultAsync(cancel);
        var exceptions = await All(reader, row => (Day: row.GetFieldValue<DateOnly>(0), IsWorking: row.GetBoolean(1)), cancel);
        await reader.NextResultAsync(cancel);
        var limits = await All(reader, row => new TimeLimit(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), CaseCodes.Find<CaseStage>(row.GetString(2))!.Value, row.GetInt32(3), CaseCodes.Find<TimeUnit>(row.GetString(4))!.Value), cancel);
        var week = hours.GroupBy(one => one.Day).ToDictionary(day => day.Key, day => day.Select(one => one.Span).ToArray());
        return new(new(week, exceptions.ToDictionary(one => one.Day, one => one.IsWorking), zone), new(limits));
    }

    static async Task<List<T>> All<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }
}
