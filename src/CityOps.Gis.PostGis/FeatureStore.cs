using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Reads and writes single features of any layer. Jurisdiction is the database's own doing.</summary>
/// <param name="source">Made by <see cref="Connections.Open"/>, so that geometries have a type.</param>
public sealed class FeatureStore(CallerDatabase source)
{
    /// <summary>The feature as it stands now, or null.</summary>
    public async Task<Feature?> Find(LayerDefinition layer, long fid, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select * from {SqlName.Table(layer.Id)} where fid = $1");
        command.Parameters.Add(new() { Value = fid });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Read(layer, reader) : null;
    }

    /// <summary>Number of the feature that has a key now; null where there is none. Of several the youngest.</summary>
    public async Task<long?> FindByKey(LayerDefinition layer, string key, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select fid from {SqlName.Table(layer.Id)} where {SqlName.Quote(layer.Key)} = $1 order by valid_from desc limit 1");
        command.Parameters.Add(new() { Value = key });
        return await command.ExecuteScalarAsync(cancel) as long?;
    }

    /// <summary>How many features answer a question, exactly.</summary>
    public async Task<long> Count(LayerDefinition layer, FeatureQuery query, CancellationToken cancel = default)
    {
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(source, $"select count(*) from {QueryCompiler.Source(layer, query, filter)} where {filter.Where}");
        return (long)(await command.ExecuteScalarAsync(cancel) ?? 0L);
    }

    /// <summary>Writes a new feature and gives it back as stamped.</summary>
    /// <param name="geometry">In EPSG:4490; null only for layers without geometry.</param>
    /// <param name="values">By field name; fields left out are null.</param>
    public async Task<Feature> Insert(LayerDefinition layer, Geometry? geometry, IReadOnlyDictionary<string, object?> values, CancellationToken cancel = default)
    {
        var filter = new SqlFilter();
        var columns = Assignments(layer, geometry, values, filter).ToList();
        await using var connection = await source.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var fid = await Scalar<long>(connection, $"select nextval('gis.{SqlName.Quote(layer.Id + "_fid_seq")}')", cancel);
        await using (var insert = filter.Command(connection, $"""
            insert into {SqlName.Table(layer.Id)} (fid, {string.Join(", ", columns.Select(one => one.Column))})
            values ({fid}, {string.Join(", ", columns.Select(one => one.Value))})
            """))
            await insert.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return await Find(layer, fid, cancel) ?? throw new InvalidOperationException($"Feature {fid} of layer {layer.Id} is not there after it was written.");
    }

    /// <summary>Changes the given fields (and the geometry, where one is given); the earlier version goes to the history. Null where there is no such feature.</summary>
    public async Task<Feature?> Update(LayerDefinition layer, long fid, Geometry? geometry, IReadOnlyDictionary<string, object?> values, CancellationToken cancel = default)
    {
        var filter = new SqlFilter();
        var changes = Assignments(layer, geometry, values, filter).Select(one => $"{one.Column} = {one.Value}").ToList();
        var which = filter.Value(fid);
        await using var command = filter.Command(source, $"update {SqlName.Table(layer.Id)} set {string.Join(", ", changes)} where fid = {which}");
        return await command.ExecuteNonQueryAsync(cancel) > 0 ? await Find(layer, fid, cancel) : null;
    }

    /// <summary>Deletes a feature; its last version goes to the history. False where there is none.</summary>
    public async Task<bool> Delete(LayerDefinition layer, long fid, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"delete from {SqlName.Table(layer.Id)} where fid = $1");
        command.Parameters.Add(new() { Value = fid });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }

    static IEnumerable<(string Column, string Value)> Assignments(
        LayerDefinition layer, Geometry? geometry, IReadOnlyDictionary<string, object?> values, SqlFilter filter)
    {
        if (geometry is not null)
            yield return ("geom", filter.Value(At4490(geometry)));
        foreach (var (name, value) in values)
            if (layer.Find(name) is { Stored: true } field)
                yield return (SqlName.Quote(name), value is null ? "null" : filter.Value(value is DateTimeOffset time ? time.UtcDateTime : value));
            else
                throw new ArgumentException($"Layer {layer.Id} stores no field '{name}'.", nameof(values));
    }

    static Geometry At4490(Geometry geometry)
    {
        var copy = geometry.Copy();
        copy.SRID = 4490;
        return copy;
    }

    /// <summary>The feature of a row that has all columns of the layer's table.</summary>
    internal static Feature Read(LayerDefinition layer, NpgsqlDataReader reader)
    {
        string? Text(string column) => reader.GetOrdinal(column) is var at && reader.IsDBNull(at) ? null : reader.GetString(at);
        var jurisdiction = new Jurisdiction(
            Text("grid_code"), Text("community_code"), Text("subdistrict_code"), Text("district_code") ?? Jurisdiction.NoDistrict, Text("department_code"));
        var geometry = layer.Geometry == GeometryKind.None ? null : reader.GetValue(reader.GetOrdinal("geom")) as Geometry;
        var values = layer.StoredFields.ToDictionary(field => field.Name, field => Value(reader, reader.GetOrdinal(field.Name), field.Type));
        var batch = reader.GetOrdinal("batch_id");
        return new(layer.Id, reader.GetInt64(reader.GetOrdinal("fid")), geometry, jurisdiction, values,
            reader.GetFieldValue<DateTimeOffset>(reader.GetOrdinal("valid_from")), reader.IsDBNull(batch) ? null : reader.GetInt64(batch));
    }

    static object? Value(NpgsqlDataReader reader, int column, FieldType type)
        => reader.IsDBNull(column) ? null : type == FieldType.Date ? reader.GetFieldValue<DateOnly>(column) : reader.GetValue(column);

    static async Task<T> Scalar<T>(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancel))!;
    }
}
