using CityOps.Gis.Access;
using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>A transaction in which cases are moved: the database knows in it what the caller may, and gives back the time that counts.</summary>
sealed class CaseTransaction : IAsyncDisposable
{
    readonly NpgsqlTransaction _transaction;

    CaseTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, CaseSettings settings) => (Connection, _transaction, Settings) = (connection, transaction, settings);

    public NpgsqlConnection Connection { get; }
    public CaseSettings Settings { get; }

    public static async Task<CaseTransaction> Begin(CallerDatabase source, TimeZoneInfo zone, CancellationToken cancel)
    {
        var connection = await source.Open(cancel);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancel);
            // The table first, as a publication does: who takes a row and then waits for the table would wait for a publication that waits for the row.
            await using var begin = new NpgsqlCommand("lock table gis.cases in row exclusive mode", connection);
            await begin.ExecuteNonQueryAsync(cancel);
            await using var tell = new NpgsqlCommand("select set_config('cityops.permissions', $1, true)", connection)
            {
                Parameters = { new() { Value = string.Join(',', Enum.GetValues<Permission>().Where(Caller.Current.May)) } },
            };
            await tell.ExecuteNonQueryAsync(cancel);
            return new(connection, transaction, await CaseSettings.Load(connection, zone, cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The database's clock: one for all processes on it.</summary>
    public async Task<DateTimeOffset> Now(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select clock_timestamp()", Connection);
        return new((DateTime)(await command.ExecuteScalarAsync(cancel))!, TimeSpan.Zero);
    }

    public Task Commit(CancellationToken cancel) => _transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
