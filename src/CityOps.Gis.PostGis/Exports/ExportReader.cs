using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Exports;

/// <summary>
/// Reads what an export holds. All that one reader is asked sees the database as of one moment (a transaction with <c>repeatable read</c>), and rows are streamed: a
/// million cost no more memory than one.
/// </summary>
public sealed class ExportReader : IAsyncDisposable
{
    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction _transaction;
    readonly ExportQuestion _question;

    ExportReader(NpgsqlConnection connection, NpgsqlTransaction transaction, ExportQuestion question)
        => (_connection, _transaction, _question) = (connection, transaction, question);

    LayerDefinition Layer => _question.Layer;

    public static async Task<ExportReader> Open(CallerDatabase source, ExportQuestion question, CancellationToken cancel)
    {
        var connection = await source.Open(cancel);
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        await Sql.Run(connection, "set transaction read only", cancel);
        return new(connection, transaction, question);
    }

    /// <summary>How many rows there are, counted no further than <paramref name="most"/>.</summary>
    public async Task<long> Count(long? most, CancellationToken cancel)
    {
        var limit = (most, _question.Limit) switch { ({ } one, { } other) => Math.Min(one, other), var (one, other) => one ?? other };
        var (filter, source) = Compile();
        await using var command = filter.Command(_connection, limit is { } number
            ? $"select count(*) from (select from {source} where {filter.Where} limit {Text(number)}) found"
            : $"select count(*) from {source} where {filter.Where}");
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The rows, streamed. The reader serves one stream at a time.</summary>
    /// <param name="transform">From degrees to the reference system of the export; null = degrees.</param>
    public async Task<ExportRows> Rows(IReadOnlyList<ExportColumn> columns, CoordinateTransform? transform, CancellationToken cancel)
    {
        var (filter, source) = Compile();
        var wanted = columns.Where(column => column.IsStored).Select(column => SqlName.Quote(column.Source)).Prepend(Wkb()).Prepend("fid");
        var command = filter.Command(_connection, $"select {string.Join(", ", wanted)} from {source} where {filter.Where}{Limit()}");
        command.CommandTimeout = 0;
        var reader = await command.ExecuteReaderAsync(cancel);
        return new(command, reader, new(reader, columns, transform));
    }

    /// <summary>Bytes in UTF-8 of the longest value of each text or list column; 0 for columns of other types. What flat files with fixed widths need to know.</summary>
    public async Task<IReadOnlyList<int>> Widths(IReadOnlyList<ExportColumn> columns, CancellationToken cancel)
    {
        var texts = columns.Select(column => column.Type switch
        {
            FieldType.Text when column.IsStored => SqlName.Quote(column.Source),
            FieldType.List => $"array_to_string({SqlName.Quote(column.Source)}, ';')",
            _ => null,
        }).ToList();
        var wanted = texts.OfType<string>().Select(text => $"coalesce(max(octet_length({text})), 0)").ToList();
        if (wanted.Count == 0)
            return [.. columns.Select(_ => 0)];
        var (filter, source) = Compile();
        await using var command = filter.Command(_connection, $"select {string.Join(", ", wanted)} from (select * from {source} where {filter.Where}{Limit()}) found");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var at = 0;
        return [.. texts.Select(text => text is null ? 0 : reader.GetInt32(at++))];
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    (SqlFilter Filter, string Source) Compile()
    {
        var filter = QueryCompiler.Compile(Layer, _question.Query);
        return (filter, QueryCompiler.Source(Layer, _question.Query, filter));
    }

    // The lowest numbers, so that the same limit gives the same rows; without one the order is that of the table, which is the quickest.
    string Limit() => _question.Limit is { } limit ? $" order by fid limit {Text(limit)}" : "";

    // A collection gives its members of the highest dimension: no exchange format but GeoJSON could hold it.
    string Wkb() => Layer.Geometry switch
    {
        GeometryKind.None => "null::bytea",
        GeometryKind.Any => "ST_AsBinary(case when GeometryType(geom) = 'GEOMETRYCOLLECTION' then ST_CollectionExtract(geom) else geom end, 'NDR')",
        _ => "ST_AsBinary(geom, 'NDR')",
    };

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
