using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>
/// Creates and changes single features, each in one transaction. The database stamps the jurisdiction and keeps the earlier version, as it does for every write;
/// such a version is of no batch. Writers of one feature, or of one key, wait for each other.
/// </summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class FeatureEditor(CallerDatabase source)
{
    /// <summary>Writes a new feature and gives its number; null where the layer has its key already.</summary>
    /// <param name="geometry">In EPSG:4490, longitude first; null only for layers without geometry.</param>
    /// <param name="values">By field name; fields left out are null.</param>
    /// <exception cref="PostgresException">The database refuses it.</exception>
    public async Task<long?> Create(LayerDefinition layer, Geometry? geometry, IReadOnlyDictionary<string, object?> values, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (values.GetValueOrDefault(layer.Key) is string key && await IsTaken(connection, layer, key, except: null, cancel))
            return null;
        var fid = await Sql.Value<long>(connection, $"select nextval('gis.{SqlName.Quote(layer.Id + "_fid_seq")}')", cancel);
        var filter = new SqlFilter();
        var columns = Assignments(layer, geometry, values, filter).ToList();
        await using (var insert = filter.Command(connection, $"""
            insert into {SqlName.Table(layer.Id)} (fid, {string.Join(", ", columns.Select(one => one.Column))})
            values ({fid}, {string.Join(", ", columns.Select(one => one.Value))})
            """))
            await insert.ExecuteNonQueryAsync(cancel);
        await FeatureAudit.Write(connection, layer, fid, AuditKind.FeatureCreated, before: null, cancel);
        await transaction.CommitAsync(cancel);
        return fid;
    }

    /// <summary>Takes a feature for a change: until the change is done or given up, nobody else can change it. Null where there is none.</summary>
    public async Task<FeatureEdit?> Take(LayerDefinition layer, long fid, CancellationToken cancel = default)
    {
        var connection = await source.Open(cancel);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancel);
            // The table first, as a publication does: who takes a row and then waits for the table would wait for a publication that waits for the row.
            await Sql.Run(connection, $"lock table {SqlName.Table(layer.Id)} in row exclusive mode", cancel);
            if (await Locked(connection, layer, fid, cancel) is { } current)
                return new(layer, fid, current, connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    internal static async Task<FeatureVersion?> Locked(NpgsqlConnection connection, LayerDefinition layer, long fid, CancellationToken cancel)
    {
        var command = new NpgsqlCommand($"select {FeatureColumn.SelectList(layer, "0::bigint")} from {SqlName.Table(layer.Id)} where fid = $1 for update", connection) { Parameters = { new() { Value = fid } } };
        await using var page = new FeaturePage(command, await command.ExecuteReaderAsync(cancel), limit: 1, isBackwards: false);
        return await page.Next(cancel) ? FeatureVersion.Of(layer, page) : null;
    }

    /// <summary>Does another feature have the key? Who asks for the same key waits until this transaction ends.</summary>
    internal static async Task<bool> IsTaken(NpgsqlConnection connection, LayerDefinition layer, string key, long? except, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            select pg_advisory_xact_lock(hashtextextended($1, hashtext({SqlName.Literal("cityops.key " + layer.Id)})));
            """, connection) { Parameters = { new() { Value = key } } };
        await command.ExecuteNonQueryAsync(cancel);
        await using var look = new NpgsqlCommand("select cityops.key_is_taken($1, $2, $3, $4)", connection)
        {
            Parameters =
            {
                new() { Value = layer.Id }, new() { Value = layer.Key }, new() { Value = key }, new() { Value = (object?)except ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
            },
        };
        return (bool)(await look.ExecuteScalarAsync(cancel))!;
    }

    internal static IEnumerable<(string Column, string Value)> Assignments(LayerDefinition layer, Geometry? geometry, IReadOnlyDictionary<string, object?> values, SqlFilter filter)
    {
        if (geometry is not null)
        {
            var stored = geometry.Copy();
            stored.SRID = LayerTable.StoredSrid;
            yield return ("geom", filter.Value(stored));
        }
        foreach (var (name, value) in values)
            if (layer.Find(name) is { Stored: true })
                yield return (SqlName.Quote(name), value is null ? "null" : filter.Value(value));
            else
                throw new ArgumentException($"Layer {layer.Id} stores no field '{name}'.", nameof(values));
    }
}
