using CityOps.Gis.Access;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis;

/// <summary>A transaction in which the database knows who the caller of the flow is (<c>cityops.person</c>) and what he may (<c>cityops.permissions</c>). It is rolled back unless it is committed.</summary>
sealed class CallerTransaction : IAsyncDisposable
{
    readonly NpgsqlTransaction _transaction;

    CallerTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction) => (Connection, _transaction) = (connection, transaction);

    public NpgsqlConnection Connection { get; }

    public static async Task<CallerTransaction> Begin(CallerDatabase source, CancellationToken cancel)
    {
        var connection = await source.Open(cancel);
        try
        {
            var work = new CallerTransaction(connection, await connection.BeginTransactionAsync(cancel));
            await work.Run("select set_config('cityops.permissions', $1, true), set_config('cityops.person', $2, true)", cancel,
                (string.Join(',', Enum.GetValues<Permission>().Where(Caller.Current.May)), NpgsqlDbType.Text), (Caller.Current.Id ?? "", NpgsqlDbType.Text));
            return work;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a change, whole or not at all: where it is refused, by itself or by the database's own checks, nothing has happened.</summary>
    /// <param name="isDone">False for an outcome that is a refusal.</param>
    /// <param name="refused">The outcome of a fault that the database's checks say; null for other faults.</param>
    public static async Task<T> Change<T>(CallerDatabase source, Func<CallerTransaction, Task<T>> change, Func<T, bool> isDone, Func<PostgresException, T?> refused, CancellationToken cancel)
        where T : class
    {
        await using var work = await Begin(source, cancel);
        try
        {
            var outcome = await change(work);
            if (isDone(outcome))
                await work.Commit(cancel);
            return outcome;
        }
        catch (PostgresException fault) when (refused(fault) is not null)
        {
            return refused(fault)!;
        }
    }

    /// <summary>The first column of the first row; null where there is none, or nothing in it.</summary>
    public async Task<object?> Value(string sql, CancellationToken cancel, params (object? Value, NpgsqlDbType Type)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancel) is { } found and not DBNull ? found : null;
    }

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public async Task<int> Run(string sql, CancellationToken cancel, params (object? Value, NpgsqlDbType Type)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public Task Commit(CancellationToken cancel) => _transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }

    NpgsqlCommand Command(string sql, (object? Value, NpgsqlDbType Type)[] values)
    {
        var command = new NpgsqlCommand(sql, Connection);
        foreach (var (value, type) in values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }
}
