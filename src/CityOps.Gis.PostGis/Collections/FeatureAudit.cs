using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using Npgsql;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>Writes a change of a feature into the audit log, in the transaction of the change: neither is ever without the other.</summary>
static class FeatureAudit
{
    /// <param name="before">Null for a feature that was not there.</param>
    public static async Task Write(NpgsqlConnection connection, LayerDefinition layer, long fid, AuditKind kind, FeatureVersion? before, CancellationToken cancel)
    {
        var after = await FeatureEditor.Locked(connection, layer, fid, cancel);
        await AuditLog.Write(connection, new(kind, Before: Json(before), After: Json(after)) { LayerId = layer.Id, Fid = fid, ValidFrom = await Begun(connection, layer, fid, cancel) }, cancel);
    }

    static JsonElement? Json(FeatureVersion? version)
    {
        if (version is null)
            return null;
        using var document = JsonDocument.Parse(version.Document);
        return document.RootElement.Clone();
    }

    // By this moment the history knows whose version it is.
    static async Task<DateTimeOffset?> Begun(NpgsqlConnection connection, LayerDefinition layer, long fid, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select valid_from from {SqlName.Table(layer.Id)} where fid = $1", connection) { Parameters = { new() { Value = fid } } };
        return await command.ExecuteScalarAsync(cancel) is DateTime begun ? new DateTimeOffset(begun, TimeSpan.Zero) : null;
    }
}
