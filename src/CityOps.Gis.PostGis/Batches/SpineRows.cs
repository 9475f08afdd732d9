using CityOps.Gis.Grids;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Staged and stored rows of the spine, as the grid checks want them.</summary>
public static class SpineRows
{
    public static Task<List<DeliveredGrid>> UnitGrids(NpgsqlDataSource source, Staging staging, CancellationToken cancel)
        => Read(source, $"select row_number, code, geom, area_sqm, parent_code from {staging.Rows} order by row_id", reader => new DeliveredGrid(
            reader.GetInt64(0), Text(reader, 1), reader.IsDBNull(2) ? null : reader.GetFieldValue<Geometry>(2), reader.IsDBNull(3) ? null : reader.GetDouble(3), Text(reader, 4)), cancel);

    public static Task<List<DeliveredManagementGrid>> ManagementGrids(NpgsqlDataSource source, Staging staging, CancellationToken cancel)
        => Read(source, $"select row_number, code, grid_codes, parent_code from {staging.Rows} order by row_id", reader => new DeliveredManagementGrid(
            reader.GetInt64(0), Text(reader, 1), reader.IsDBNull(2) ? [] : reader.GetFieldValue<string[]>(2), Text(reader, 3)), cancel);

    /// <summary>Communities by code.</summary>
    public static async Task<Dictionary<string, Geometry?>> Communities(NpgsqlDataSource source, CancellationToken cancel) => await ByCode(source, "gis.communities", cancel);

    /// <summary>Unit grids by code.</summary>
    public static async Task<Dictionary<string, Geometry?>> StoredUnitGrids(NpgsqlDataSource source, CancellationToken cancel) => await ByCode(source, "gis.unit_grids", cancel);

    static async Task<Dictionary<string, Geometry?>> ByCode(NpgsqlDataSource source, string table, CancellationToken cancel)
    {
        var rows = await Read(source, $"select code, geom from {table} where code is not null", reader => (Code: reader.GetString(0), Shape: reader.IsDBNull(1) ? null : reader.GetFieldValue<Geometry>(1)), cancel);
        var byCode = new Dictionary<string, Geometry?>();
        foreach (var (code, shape) in rows)
            byCode[code] = shape;
        return byCode;
    }

    static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    static async Task<List<T>> Read<T>(NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }
}
