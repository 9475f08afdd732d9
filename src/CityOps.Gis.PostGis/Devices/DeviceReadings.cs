using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>Where messages of devices are kept, many in a transaction, and where their time ends. The product's own work: who may send for a device is asked before.</summary>
/// <param name="zone">The city's, for rules that hold at certain hours (IANA).</param>
public sealed class DeviceReadings(NpgsqlDataSource source, string zone)
{
    // Beside today's, so that midnight waits for nobody.
    const int DaysAhead = 2;

    /// <summary>Keeps what is new; says of each message whether it was. When this is done it is on disk.</summary>
    public async Task<bool[]> Take(IReadOnlyList<SentMessage> sent, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select devices.take($1, $2, $3, $4, $5, $6)");
        (object Value, NpgsqlDbType Type)[] values =
        [
            (sent.Select(one => one.Fid).ToArray(), NpgsqlDbType.Bigint), (sent.Select(one => one.Message.At.UtcDateTime).ToArray(), NpgsqlDbType.TimestampTz), (sent.Select(one => one.Message.Id).ToArray(), NpgsqlDbType.Text),
            (sent.Select(one => one.Message.Readings).ToArray(), NpgsqlDbType.Jsonb), (sent.Select(one => one.Message.Positions).ToArray(), NpgsqlDbType.Jsonb),
        ];
        foreach (var (value, type) in values)
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = NpgsqlDbType.Array | type });
        command.Parameters.Add(new() { Value = zone });
        return (bool[])(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Devices that have been silent too long become offline; how many.</summary>
    /// <param name="listeningSince">Silence of before does not count.</param>
    public Task<int> Sweep(DateTimeOffset listeningSince, CancellationToken cancel = default) => Number("select devices.sweep($1)", listeningSince, cancel);

    /// <summary>Makes room for today and the days to come, and drops the days of before a moment; how many.</summary>
    public Task<int> KeepFrom(DateTimeOffset oldest, CancellationToken cancel = default)
        => Number($"select devices.drop_before($1) from (select count(devices.ensure_day((clock_timestamp() at time zone 'UTC')::date + ahead)) from generate_series(0, {DaysAhead}) ahead) made", oldest, cancel);

    async Task<int> Number(string sql, DateTimeOffset moment, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = moment.UtcDateTime });
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }
}
