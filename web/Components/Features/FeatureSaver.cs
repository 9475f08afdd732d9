using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Api.Ogc.Editing;
using Npgsql;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>
/// Reads drafts and saves them as the API does (OGC API Features part 4): the importer's checks, the version that must be meant, one transaction that holds the feature,
/// and the database's own stamp and history.
/// </summary>
sealed class FeatureSaver(FeatureEditor editor, FeatureChecks checks, FeaturePages pages)
{
    /// <summary>A draft of the feature as it is now; null where it is not there or removed.</summary>
    public async Task<FeatureDraft?> Begin(LayerDefinition layer, long fid, CancellationToken cancel = default)
    {
        await using var page = await pages.Find(layer, new(layer.Id), fid, cancel);
        return await page.Next(cancel) ? Draft(layer, FeatureVersion.Of(layer, page)) : null;
    }

    /// <summary>Writes a draft, unless somebody was faster or the checks refuse it.</summary>
    public async Task<SaveOutcome> Save(LayerDefinition layer, long fid, FeatureDraft draft, CancellationToken cancel = default)
    {
        await using var edit = await editor.Take(layer, fid, cancel);
        if (edit is null || Draft(layer, edit.Current) is not { } current || IsRemoved(layer, current))
            return new(SaveResult.Gone, []);
        if (current.Hash != draft.Hash)
            return new(SaveResult.Conflict, [], current);
        var isChecked = await checks.Check(layer, draft.Input, isKeyKept: current[layer.Key] == draft[layer.Key], cancel);
        if (isChecked.Refusals.Count > 0)
            return new(SaveResult.Refused, isChecked.Refusals);
        try
        {
            return await edit.Change(isChecked.Geometry, isChecked.Values, cancel) ? new(SaveResult.Saved, isChecked.Warnings) : new(SaveResult.Refused, [KeyTaken(layer, draft)]);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return new(SaveResult.Refused, [new(null, "outside-scope", EditingEndpoints.OutsideScope(layer).Text, null)]);
        }
        catch (PostgresException fault) when (fault.SqlState[..2] is "22" or "23")
        {
            return new(SaveResult.Refused, [Refused(layer, fault)]);
        }
    }

    static FeatureDraft? Draft(LayerDefinition layer, FeatureVersion version)
        => FeatureInput.Read(JsonNode.Parse(version.Document.Span), layer, OgcCrs.Crs84).Feature is { } read ? new(layer, read, version.Hash) : null;

    static bool IsRemoved(LayerDefinition layer, FeatureDraft current) => layer.RemovedStatus is { } removed && current["status"] == removed;

    static OgcRefusal.FeatureFault KeyTaken(LayerDefinition layer, FeatureDraft draft)
        => new(layer.Key, "key-taken", new($"另一要素已使用“{draft[layer.Key]}”。", $"Another feature has '{draft[layer.Key]}' already."), draft[layer.Key]);

    // Constraints are named ck_<table>_<field>, so that they lead back to a field.
    static OgcRefusal.FeatureFault Refused(LayerDefinition layer, PostgresException fault)
    {
        var named = layer.StoredFields.FirstOrDefault(field => fault.ConstraintName == $"ck_{layer.Id}_{field.Name}")?.Name;
        return new(named, "feature-refused", new($"数据库拒绝了此值：{fault.MessageText}。", $"The database refuses it: {fault.MessageText}."), null);
    }
}
