using CityOps.Gis.Access;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis;

/// <summary>A transaction in which the database knows what the caller of the flow may (<c>cityops.permissions</c>). It is rolled back unless it is committed.</summary>
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
            await work.Run("select set_config('cityops.permissions', $1, true)", cancel, (string.Join(',', Enum.GetValues<Permission>().Where(Caller.Current.May)), NpgsqlDbType.Text));
            return work;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
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
