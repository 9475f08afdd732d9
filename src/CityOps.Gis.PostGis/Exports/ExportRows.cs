using Npgsql;

namespace CityOps.Gis.PostGis.Exports;

/// <summary>The answer to a question, row by row as PostgreSQL sends it. Disposing it before its end cancels the query.</summary>
public sealed class ExportRows : IAsyncDisposable
{
    readonly NpgsqlCommand _command;
    readonly NpgsqlDataReader _reader;

    internal ExportRows(NpgsqlCommand command, NpgsqlDataReader reader, ExportRow row) => (_command, _reader, Row) = (command, reader, row);

    public ExportRow Row { get; }

    /// <summary>Goes to the next row; false after the last.</summary>
    public async ValueTask<bool> Next(CancellationToken cancel)
    {
        if (!await _reader.ReadAsync(cancel))
            return false;
        Row.Take();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        // Without this, closing would read what is left of a million rows.
        if (!_reader.IsClosed && _reader.IsOnRow)
            _command.Cancel();
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }
}
