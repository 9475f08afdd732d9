using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>One statement on a connection of its own from <see cref="CallerDatabase"/>.</summary>
public sealed class CallerCommand : IAsyncDisposable
{
    readonly CallerDatabase _database;
    readonly NpgsqlCommand _command;
    NpgsqlConnection? _connection;

    internal CallerCommand(CallerDatabase database, string sql)
    {
        _database = database;
        _command = new(sql);
    }

    public NpgsqlParameterCollection Parameters => _command.Parameters;

    /// <summary>Seconds; 0 = no limit.</summary>
    public int CommandTimeout { get => _command.CommandTimeout; set => _command.CommandTimeout = value; }

    public async Task<NpgsqlDataReader> ExecuteReaderAsync(CancellationToken cancel = default) => await (await Opened(cancel)).ExecuteReaderAsync(cancel);

    public async Task<object?> ExecuteScalarAsync(CancellationToken cancel = default) => await (await Opened(cancel)).ExecuteScalarAsync(cancel);

    public async Task<int> ExecuteNonQueryAsync(CancellationToken cancel = default) => await (await Opened(cancel)).ExecuteNonQueryAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    async Task<NpgsqlCommand> Opened(CancellationToken cancel)
    {
        _command.Connection = _connection ??= await _database.Open(cancel);
        return _command;
    }
}
