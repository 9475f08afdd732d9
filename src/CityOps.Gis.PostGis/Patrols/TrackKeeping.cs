using Npgsql;

namespace CityOps.Gis.PostGis.Patrols;

/// <summary>Makes room for the tracks of months to come and drops those that are too old. The product's own work.</summary>
public sealed class TrackKeeping(NpgsqlDataSource source)
{
    /// <summary>How many months were dropped. What was worked out of them stays.</summary>
    public async Task<int> KeepFrom(DateTimeOffset oldest, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select cityops.drop_tracks_before($1) from (select count(cityops.ensure_track_month(((clock_timestamp() at time zone 'UTC') + ahead * interval '1 month')::date)) from generate_series(0, 1) ahead) made
            """);
        command.Parameters.Add(new() { Value = oldest.UtcDateTime });
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Days of before a day that have to be worked out, the latest first.</summary>
    public async Task<IReadOnlyList<DateOnly>> Stale(DateOnly before, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("select distinct day from cityops.track_day where is_stale and day < $1 order by day desc limit 31", connection) { Parameters = { new() { Value = before } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var days = new List<DateOnly>();
        while (await reader.ReadAsync(cancel))
            days.Add(reader.GetFieldValue<DateOnly>(0));
        return days;
    }
}
