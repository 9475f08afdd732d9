using CityOps.Gis.Devices;
using CityOps.Gis.Layers;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>Puts the mirror of states on the layer of devices, and brings the kinds' rules into the database.</summary>
public static class DeviceTables
{
    /// <summary>The layer whose features are devices.</summary>
    public const string LayerId = "devices";

    /// <summary>Running it again changes nothing. An installation without the layer has no devices.</summary>
    public static async Task Ensure(NpgsqlConnection connection, LayerCatalog catalog, CancellationToken cancel = default)
    {
        if (catalog.Find(LayerId) is not null)
            await Sql.Run(connection, "select devices.attach()", cancel);
    }

    /// <summary>Writes what the definitions say; alarms of rules that are no more end.</summary>
    public static async Task Sync(NpgsqlDataSource source, DeviceKinds kinds, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Sql.Run(connection, "select pg_advisory_xact_lock(hashtext('devices.rule')); delete from devices.rule; delete from devices.kind", cancel);
        foreach (var kind in kinds.All)
        {
            await Write(connection, "insert into devices.kind values ($1, $2)", cancel, (kind.Kind, NpgsqlDbType.Text), (TimeSpan.FromMinutes(kind.QuietMinutes), NpgsqlDbType.Interval));
            foreach (var quantity in kind.Quantities)
                foreach (var rule in quantity.Alarms)
                    await Write(connection, "insert into devices.rule values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", cancel,
                        (kind.Kind, NpgsqlDbType.Text), (rule.Id, NpgsqlDbType.Text), (quantity.Name, NpgsqlDbType.Text), (rule.When == AlarmSide.Above, NpgsqlDbType.Boolean), (rule.Raise, NpgsqlDbType.Double),
                        (rule.Clear, NpgsqlDbType.Double), (rule.From, NpgsqlDbType.Time), (rule.To, NpgsqlDbType.Time), (rule.CaseClass, NpgsqlDbType.Text));
        }
        await Sql.Run(connection, "select devices.end_orphans()", cancel);
        await transaction.CommitAsync(cancel);
    }

    static async Task Write(NpgsqlConnection connection, string sql, CancellationToken cancel, params (object? Value, NpgsqlDbType Type)[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var (value, type) in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
