using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>Alarms of devices, as far as the caller of the flow sees the device, and that people know of them.</summary>
public sealed class DeviceAlarms(CallerDatabase database, LayerCatalog catalog)
{
    /// <summary>Alarms in a list.</summary>
    public const int Most = 200;
    const int LongestNote = 2_000;

    /// <summary>Who may say that he knows of an alarm: who is at work on what goes wrong.</summary>
    public const Permission Acknowledges = Permission.ReportCases;

    /// <summary>Open ones first, then the latest.</summary>
    /// <param name="isOpen">Null for all.</param>
    /// <param name="device">Of one device; null for all.</param>
    public async Task<IReadOnlyList<DeviceAlarm>> List(bool? isOpen, long? device = null, int limit = Most, CancellationToken cancel = default)
    {
        if (catalog.Find(DeviceTables.LayerId) is not { } layer)
            return [];
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id));
        if (device is { } fid)
            filter.And($"fid = {filter.Value(fid)}");
        var open = isOpen switch { true => "where alarm.cleared_at is null", false => "where alarm.cleared_at is not null", null => "" };
        await using var command = filter.Command(database, $"""
            select alarm.id, one.fid, one.device_id, one.name, one.kind, alarm.rule, alarm.quantity, alarm.raised_at, alarm.value, alarm.threshold, alarm.worst, alarm.cleared_at, alarm.acknowledged_at, alarm.who, alarm.note, alarm.case_fid
            from devices.alarm alarm join (select fid, device_id, name, kind from {SqlName.Table(layer.Id)} where {filter.Where}) one using (fid) {open}
            order by alarm.cleared_at is not null, alarm.raised_at desc, alarm.id desc limit {Math.Clamp(limit, 1, Most)}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var alarms = new List<DeviceAlarm>();
        while (await reader.ReadAsync(cancel))
            alarms.Add(Alarm(reader));
        return alarms;
    }

    /// <summary>Writes down that the caller knows of an alarm; false where there is none that he sees and that nobody has acknowledged yet. Who may is asked before.</summary>
    public async Task<bool> Acknowledge(long id, string? note, CancellationToken cancel = default)
    {
        if (catalog.Find(DeviceTables.LayerId) is not { } layer)
            return false;
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id));
        var said = string.IsNullOrWhiteSpace(note) ? null : note.Trim() is { Length: > LongestNote } much ? much[..LongestNote] : note.Trim();
        var values = $"{filter.Value(Caller.Current.Id ?? "")}, {filter.Value(Caller.Current.Name)}, nullif({filter.Value(said ?? "")}, '')";
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = filter.Command(connection, $"""
            update devices.alarm set (acknowledged_at, who_id, who, note) = (clock_timestamp(), {values})
            where id = {filter.Value(id)} and acknowledged_at is null and fid in (select fid from {SqlName.Table(layer.Id)} where {filter.Where}) returning fid
            """);
        if (await command.ExecuteScalarAsync(cancel) is not long fid)
            return false;
        await AuditLog.Write(connection, new(AuditKind.AlarmAcknowledged, null, After: new { Alarm = id, Note = said }) { LayerId = layer.Id, Fid = fid }, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    static DeviceAlarm Alarm(NpgsqlDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
        return new(row.GetInt64(0), row.GetInt64(1), row.GetString(2), Text(3), Text(4) ?? "", row.GetString(5), row.GetString(6), Time(7)!.Value, row.GetDouble(8), row.GetDouble(9), row.GetDouble(10), Time(11),
            Time(12), Text(13), Text(14), row.IsDBNull(15) ? null : row.GetInt64(15));
    }
}
