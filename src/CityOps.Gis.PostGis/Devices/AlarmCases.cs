using System.Globalization;
using CityOps.Gis.Devices;
using CityOps.Gis.PostGis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>
/// Files the cases of alarms whose rule says so, by the way that every case begins (<see cref="CaseIntake"/>), at the device's component or where it stands. Once for each alarm:
/// the report's token is made of the alarm's number, so a process that stops in between files no second one.
/// </summary>
public sealed class AlarmCases(NpgsqlDataSource source, CaseIntake intake, DeviceKinds kinds)
{
    const int AtOnce = 50;
    static readonly Guid s_tokens = new("5f0c7a1e-6f0b-4b53-9f5e-000000000000");

    /// <summary>An alarm that has no case yet.</summary>
    sealed record Waiting(long Id, string Rule, string CaseClass, double Value, DateTimeOffset Raised, string DeviceId, string? Name, string Kind, string? Component, double Longitude, double Latitude);

    /// <summary>Files what waits; how many. What is refused is told to <paramref name="refused"/> and waits no longer.</summary>
    public async Task<int> File(Action<long, CaseRefusal> refused, CancellationToken cancel = default)
    {
        var filed = 0;
        foreach (var alarm in await All(cancel))
        {
            var outcome = await intake.Report(Report(alarm), cancel);
            if (outcome.Refusal is { } refusal)
                refused(alarm.Id, refusal);
            await Note(alarm.Id, outcome.State?.Fid, cancel);
            filed += outcome.IsDone ? 1 : 0;
        }
        return filed;
    }

    CaseReport Report(Waiting alarm)
    {
        var known = kinds.Find(alarm.Kind)?.FindRule(alarm.Rule);
        var title = known?.Rule.Title.Zh ?? alarm.Rule;
        var value = alarm.Value.ToString("0." + new string('#', known?.Quantity.Digits ?? 2), CultureInfo.InvariantCulture);
        return new(alarm.CaseClass, $"设备报警：{title}，{known?.Quantity.Title.Zh} {value} {known?.Quantity.Unit}（设备 {alarm.DeviceId}）".Trim())
        {
            Title = $"{alarm.Name ?? alarm.DeviceId} {title}", Place = (alarm.Longitude, alarm.Latitude), ComponentCode = alarm.Component, Source = "device", OccurredAt = alarm.Raised, Token = TokenOf(alarm.Id),
        };
    }

    static Guid TokenOf(long alarm)
    {
        var bytes = s_tokens.ToByteArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(8), alarm);
        return new(bytes);
    }

    // A component that the city does not hold any more is none to file a case at.
    async Task<IReadOnlyList<Waiting>> All(CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            select alarm.id, alarm.rule, alarm.case_class, alarm.value, alarm.raised_at, one.device_id, one.name, one.kind,
                (select part.code from gis.components part where part.code = one.component_code limit 1), ST_X(one.geom), ST_Y(one.geom)
            from devices.alarm alarm join gis.devices one using (fid) where alarm.case_class is not null and alarm.case_fid is null order by alarm.id limit {AtOnce}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var waiting = new List<Waiting>();
        while (await reader.ReadAsync(cancel))
            waiting.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetDouble(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetString(5), reader.IsDBNull(6) ? null : reader.GetString(6),
                reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8), reader.GetDouble(9), reader.GetDouble(10)));
        return waiting;
    }

    async Task Note(long alarm, long? fid, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("update devices.alarm set case_fid = $2, case_class = case when $2 is null then null else case_class end where id = $1");
        command.Parameters.Add(new() { Value = alarm });
        command.Parameters.Add(new() { Value = (object?)fid ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
