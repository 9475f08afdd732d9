using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using NetTopologySuite.Geometries;
using Npgsql;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>A feature that was taken for a change. Disposed without one, it stays as it was.</summary>
public sealed class FeatureEdit : IAsyncDisposable
{
    readonly LayerDefinition _layer;
    readonly long _fid;
    readonly NpgsqlConnection _connection;
    readonly NpgsqlTransaction _transaction;

    internal FeatureEdit(LayerDefinition layer, long fid, FeatureVersion current, NpgsqlConnection connection, NpgsqlTransaction transaction)
        => (_layer, _fid, Current, _connection, _transaction) = (layer, fid, current, connection, transaction);

    /// <summary>The feature as it stands, and will stand until this ends.</summary>
    public FeatureVersion Current { get; }

    /// <summary>Gives the feature new values; false where another feature has the key.</summary>
    /// <param name="geometry">In EPSG:4490, longitude first.</param>
    /// <param name="values">All stored fields by name.</param>
    /// <exception cref="PostgresException">The database refuses it.</exception>
    public async Task<bool> Change(Geometry? geometry, IReadOnlyDictionary<string, object?> values, CancellationToken cancel = default)
    {
        if (values.GetValueOrDefault(_layer.Key) is string key && await FeatureEditor.IsTaken(_connection, _layer, key, _fid, cancel))
            return false;
        var filter = new SqlFilter();
        await Write(filter, FeatureEditor.Assignments(_layer, geometry, values, filter).Select(one => $"{one.Column} = {one.Value}"), AuditKind.FeatureChanged, cancel);
        return true;
    }

    /// <summary>Removes the feature: it gets the layer's state for removed ones where there is one, else its last version goes to the history.</summary>
    public async Task Remove(CancellationToken cancel = default)
    {
        var filter = new SqlFilter();
        if (_layer.RemovedStatus is { } removed)
            await Write(filter, [$"status = {filter.Value(removed)}"], AuditKind.FeatureDeleted, cancel);
        else
        {
            await using var command = filter.Command(_connection, $"delete from {SqlName.Table(_layer.Id)} where fid = {filter.Value(_fid)}");
            await command.ExecuteNonQueryAsync(cancel);
            await FeatureAudit.Write(_connection, _layer, _fid, AuditKind.FeatureDeleted, Current, cancel);
            await _transaction.CommitAsync(cancel);
        }
    }

    async Task Write(SqlFilter filter, IEnumerable<string> changes, AuditKind kind, CancellationToken cancel)
    {
        await using var command = filter.Command(_connection, $"update {SqlName.Table(_layer.Id)} set {string.Join(", ", changes)}, batch_id = null where fid = {filter.Value(_fid)}");
        await command.ExecuteNonQueryAsync(cancel);
        await FeatureAudit.Write(_connection, _layer, _fid, kind, Current, cancel);
        await _transaction.CommitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
