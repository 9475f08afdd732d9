using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Audit;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>Plans by which cameras are looked at in turn. Whoever sees one of a plan's cameras sees the plan; who made it, or an administrator, changes it.</summary>
public sealed class CameraPlans(CallerDatabase database)
{
    const string Columns = "id, name, owner_id, owner, cameras, seconds, at_once";

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<CameraPlan>> All(CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand($"select {Columns} from cameras.plan order by name, id");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var plans = new List<CameraPlan>();
        while (await reader.ReadAsync(cancel))
            plans.Add(Plan(reader));
        return plans;
    }

    public async Task<CameraPlan?> Find(long id, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand($"select {Columns} from cameras.plan where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Plan(reader) : null;
    }

    /// <summary>May the caller of the flow change it?</summary>
    public static bool MayChange(CameraPlan plan) => Caller.Current.May(Permission.WatchCameras) && (plan.Id == 0 || plan.OwnerId == Caller.Current.Id || Caller.Current.May(Permission.Administer));

    /// <summary>Keeps a plan; its number, or null where there is none any more that the caller may change.</summary>
    public async Task<long?> Save(CameraPlan plan, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand(plan.Id == 0
            ? "insert into cameras.plan (name, cameras, seconds, at_once, owner_id, owner) values ($1, $2, $3, $4, $5, $6) returning id"
            : "update cameras.plan set (name, cameras, seconds, at_once, changed_at) = ($1, $2, $3, $4, clock_timestamp()) where (owner_id = $5 or $6) and id = $7 returning id", connection);
        foreach (var value in new object[] { plan.Name, plan.Stops.Select(stop => stop.Camera).ToArray(), plan.Stops.Select(stop => stop.Seconds).ToArray(), (short)plan.AtOnce })
            command.Parameters.Add(new() { Value = value });
        AddOwner(command);
        foreach (var value in plan.Id == 0 ? new object[] { Caller.Current.Name } : [Caller.Current.May(Permission.Administer), plan.Id])
            command.Parameters.Add(new() { Value = value });
        if (await command.ExecuteScalarAsync(cancel) is not long id)
            return null;
        await AuditLog.Write(connection, new(AuditKind.CameraPlanChanged, plan.Name, After: new { Plan = id, plan.Stops, plan.AtOnce }), cancel);
        await transaction.CommitAsync(cancel);
        return id;
    }

    /// <summary>False where there is none any more that the caller may change.</summary>
    public async Task<bool> Drop(CameraPlan plan, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("delete from cameras.plan where (owner_id = $1 or $2) and id = $3", connection);
        AddOwner(command);
        command.Parameters.Add(new() { Value = Caller.Current.May(Permission.Administer) });
        command.Parameters.Add(new() { Value = plan.Id });
        if (await command.ExecuteNonQueryAsync(cancel) == 0)
            return false;
        await AuditLog.Write(connection, new(AuditKind.CameraPlanChanged, plan.Name, Before: new { Plan = plan.Id, plan.Stops }), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    static void AddOwner(NpgsqlCommand command) => command.Parameters.Add(new() { Value = (object?)Caller.Current.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });

    static CameraPlan Plan(NpgsqlDataReader row)
        => new(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), [.. row.GetFieldValue<long[]>(4).Zip(row.GetFieldValue<int[]>(5), (camera, seconds) => new PlanStop(camera, seconds))],
            row.GetInt16(6));
}
