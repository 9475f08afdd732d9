using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Access;
using Npgsql;

namespace CityOps.Gis.Web.Api.Ogc.Editing;

/// <summary>
/// Create, replace, update and delete (OGC API Features part 4, 20-002) with optimistic locking: a change names the version it is made from in If-Match and is
/// refused where that is not the feature's any more (412) or is not named (428), so that writers lose nothing.
/// </summary>
static class EditingEndpoints
{
    const string Items = "/collections/{collectionId}/items", Item = Items + "/{featureId}";
    const string MergePatch = "application/merge-patch+json";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapMethods(Items, ["OPTIONS"], (string collectionId, HttpContext context, LayerCatalog layers, OgcOptions options) => Options(collectionId, context, layers, options, isItem: false));
        api.MapMethods(Item, ["OPTIONS"], (string collectionId, HttpContext context, LayerCatalog layers, OgcOptions options) => Options(collectionId, context, layers, options, isItem: true));
        var edits = api.MapGroup("").RequireAuthorization(Permissions.Policy(Permission.Edit));
        edits.MapPost(Items, Create);
        edits.MapPut(Item, Replace);
        edits.MapPatch(Item, Update);
        edits.MapDelete(Item, Delete);
    }

    /// <summary>May the caller change features of the layer here? The spine is not changed: its boundaries move what lies in them, which an import does in one go.</summary>
    public static bool IsEditable(LayerDefinition layer, OgcOptions options) => CanBeEdited(layer, options) && Caller.Current.MayWrite(layer);

    static bool CanBeEdited(LayerDefinition layer, OgcOptions options) => options.IsEditable && layer.Access.Write.Count > 0 && !LayerTable.IsSpine(layer);

    static IResult Options(string collectionId, HttpContext context, LayerCatalog layers, OgcOptions options, bool isItem)
    {
        if (layers.Find(collectionId) is not { } layer)
            return OgcAnswer.Refuse(context, OgcRefusal.NoCollection(collectionId));
        var (headers, isEditable) = (context.Response.Headers, IsEditable(layer, options));
        headers.Allow = Allowed(isEditable, isItem);
        if (isEditable && !isItem)
            headers["Accept-Post"] = $"{OgcLink.GeoJson}, {OgcLink.Json}";
        if (isEditable && isItem)
            headers["Accept-Patch"] = $"{MergePatch}, {OgcLink.GeoJson}";
        return Results.Ok();
    }

    static string Allowed(bool isEditable, bool isItem)
        => !isEditable ? "GET, HEAD, OPTIONS" : isItem ? "GET, HEAD, OPTIONS, PUT, PATCH, DELETE" : "GET, HEAD, OPTIONS, POST";

    static async Task<IResult> Create(string collectionId, HttpContext context, LayerCatalog layers, OgcOptions options, FeatureChecks checks, FeatureEditor editor, FeaturePages pages)
    {
        var (layer, crs, refusal) = Begin(collectionId, context, layers, options, isItem: false, OgcLink.GeoJson, OgcLink.Json);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var cancel = context.RequestAborted;
        var (body, fault) = await ReadBody(context, cancel);
        var (input, faults) = fault is null ? FeatureInput.Read(body, layer!, crs) : (null, [fault]);
        if (input is null)
            return OgcAnswer.Refuse(context, BadFeature(faults));
        var isChecked = await checks.Check(layer!, input, isKeyKept: false, cancel);
        if (isChecked.Refusals.Count > 0)
            return OgcAnswer.Refuse(context, Refused(isChecked));
        return await Guarded(context, layer!, async () =>
        {
            if (await editor.Create(layer!, isChecked.Geometry, isChecked.Values, cancel) is not { } fid)
                return OgcAnswer.Refuse(context, KeyTaken(layer!, isChecked));
            context.Response.Headers.Location = OgcAddress.Of(context.Request, string.Create(CultureInfo.InvariantCulture, $"/collections/{layer!.Id}/items/{fid}"));
            return await Written(context, layer, fid, isChecked, pages, StatusCodes.Status201Created);
        });
    }

    static Task<IResult> Replace(string collectionId, string featureId, HttpContext context, LayerCatalog layers, OgcOptions options, FeatureChecks checks, FeatureEditor editor, FeaturePages pages)
        => Change(collectionId, featureId, context, layers, options, checks, editor, pages, isPatch: false, OgcLink.GeoJson, OgcLink.Json);

    static Task<IResult> Update(string collectionId, string featureId, HttpContext context, LayerCatalog layers, OgcOptions options, FeatureChecks checks, FeatureEditor editor, FeaturePages pages)
        => Change(collectionId, featureId, context, layers, options, checks, editor, pages, isPatch: true, MergePatch, OgcLink.GeoJson, OgcLink.Json);

    static async Task<IResult> Change(
        string collectionId, string featureId, HttpContext context, LayerCatalog layers, OgcOptions options, FeatureChecks checks, FeatureEditor editor, FeaturePages pages, bool isPatch,
        params string[] types)
    {
        var (layer, crs, refusal) = Begin(collectionId, context, layers, options, isItem: true, types);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var cancel = context.RequestAborted;
        var (body, fault) = await ReadBody(context, cancel);
        if (fault is not null)
            return OgcAnswer.Refuse(context, BadFeature([fault]));
        await using var edit = await Take(editor, layer!, featureId, cancel);
        if (Precondition(context, layer!, featureId, edit) is { } unmet)
            return OgcAnswer.Refuse(context, unmet);
        if (OtherId(body, featureId) is { } other)
            return OgcAnswer.Refuse(context, BadFeature([other]));
        var (input, faults) = isPatch ? Patched(edit!.Current, body, layer!, crs) : FeatureInput.Read(body, layer!, crs);
        if (input is null)
            return OgcAnswer.Refuse(context, BadFeature(faults));
        var isChecked = await checks.Check(layer!, input, isKeyKept: KeyOf(edit!.Current, layer!) == input.Properties.GetValueOrDefault(layer!.Key), cancel);
        if (isChecked.Refusals.Count > 0)
            return OgcAnswer.Refuse(context, Refused(isChecked));
        return await Guarded(context, layer, async () => await edit.Change(isChecked.Geometry, isChecked.Values, cancel)
            ? await Written(context, layer, long.Parse(featureId, CultureInfo.InvariantCulture), isChecked, pages, StatusCodes.Status200OK)
            : OgcAnswer.Refuse(context, KeyTaken(layer, isChecked)));
    }

    static async Task<IResult> Delete(string collectionId, string featureId, HttpContext context, LayerCatalog layers, OgcOptions options, FeatureEditor editor)
    {
        var (layer, _, refusal) = Begin(collectionId, context, layers, options, isItem: true);
        if (refusal is not null)
            return OgcAnswer.Refuse(context, refusal);
        var cancel = context.RequestAborted;
        await using var edit = await Take(editor, layer!, featureId, cancel);
        if (Precondition(context, layer!, featureId, edit) is { } unmet)
            return OgcAnswer.Refuse(context, unmet);
        await edit!.Remove(cancel);
        return Results.NoContent();
    }

    /// <summary>What every change asks before it begins: a layer, the right to change it, a type of body that is understood, a reference system.</summary>
    static (LayerDefinition? Layer, OgcCrs Crs, OgcRefusal? Refusal) Begin(
        string collectionId, HttpContext context, LayerCatalog layers, OgcOptions options, bool isItem, params string[] types)
    {
        var request = context.Request;
        if (layers.Find(collectionId) is not { } layer)
            return (null, OgcCrs.Crs84, OgcRefusal.NoCollection(collectionId));
        if (!CanBeEdited(layer, options))
            return (layer, OgcCrs.Crs84, NotEditable(layer, options, isItem));
        if (!Caller.Current.MayWrite(layer))
            return (layer, OgcCrs.Crs84, new(StatusCodes.Status403Forbidden, "not-allowed", new($"您没有更改图层“{layer.Id}”的权限。", $"You may not change features of layer '{layer.Id}'.")));
        if (OgcRequest.Check(context, OgcLink.GeoJson).Refusal is { } unknown)
            return (layer, OgcCrs.Crs84, unknown);
        if (types.Length > 0 && request.ContentType is null)
            return (layer, OgcCrs.Crs84, new(StatusCodes.Status400BadRequest, "no-content-type", new($"请用 Content-Type 说明正文的类型：{string.Join("、", types)}。", $"Say by Content-Type what the body is: {string.Join(", ", types)}.")));
        if (types.Length > 0 && !types.Contains(request.ContentType!.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase))
            return (layer, OgcCrs.Crs84, new(StatusCodes.Status415UnsupportedMediaType, "bad-content-type", new($"不能读取 {request.ContentType}，可用的有：{string.Join("、", types)}。", $"{request.ContentType} is not understood; send {string.Join(", ", types)}.")));
        var named = request.Headers["Content-Crs"].ToString();
        return named.Length == 0 ? (layer, OgcCrs.Crs84, null)
            : OgcCrs.Find(named) is { } crs ? (layer, crs, null)
            : (layer, OgcCrs.Crs84, new(StatusCodes.Status400BadRequest, "bad-crs", new($"Content-Crs“{named}”不是可用的坐标系。", $"Content-Crs '{named}' is no reference system of this API.")));
    }

    static OgcRefusal NotEditable(LayerDefinition layer, OgcOptions options, bool isItem) => new(StatusCodes.Status405MethodNotAllowed, "not-editable",
        !options.IsEditable ? new("此服务未开启编辑；管理员可设置 CITYOPS_EDITING=on。", "Editing is off at this server; an administrator turns it on by CITYOPS_EDITING=on.")
        : LayerTable.IsSpine(layer) ? new($"图层“{layer.Id}”的边界只能通过导入更改。", $"Boundaries of layer '{layer.Id}' change by an import only.")
        : new($"图层“{layer.Id}”不允许编辑。", $"Layer '{layer.Id}' cannot be edited.")) { Allow = Allowed(isEditable: false, isItem) };

    static async Task<FeatureEdit?> Take(FeatureEditor editor, LayerDefinition layer, string featureId, CancellationToken cancel)
        => long.TryParse(featureId, NumberStyles.None, CultureInfo.InvariantCulture, out var fid) ? await editor.Take(layer, fid, cancel) : null;

    static OgcRefusal? Precondition(HttpContext context, LayerDefinition layer, string featureId, FeatureEdit? edit)
    {
        if (edit is null || IsRemoved(edit.Current, layer))
            return OgcRefusal.NoFeature(layer.Id, featureId);
        var ifMatch = context.Request.Headers.IfMatch;
        if (ifMatch.Count == 0)
            return new(StatusCodes.Status428PreconditionRequired, "no-precondition",
                new("更改前请先读取要素，并用 If-Match 送回它的 ETag。", "Read the feature first and send its ETag back in If-Match."));
        return FeatureTag.IsMeant(ifMatch, edit.Current.Hash) ? null : new(StatusCodes.Status412PreconditionFailed, "feature-has-changed",
            new("要素在读取之后已被更改；请重新读取后再改。", "The feature has been changed since it was read; read it again and then change it."));
    }

    static bool IsRemoved(FeatureVersion current, LayerDefinition layer) => layer.RemovedStatus is { } removed && Properties(current)["status"]?.ToString() == removed;

    static string? KeyOf(FeatureVersion current, LayerDefinition layer) => Properties(current)[layer.Key]?.ToString();

    static JsonNode Properties(FeatureVersion current) => JsonNode.Parse(current.Document.Span)!["properties"]!;

    static LocalText? OtherId(JsonNode? body, string featureId)
        => body is JsonObject feature && feature["id"]?.ToString() is { } id && id != featureId
            ? new($"正文中的 id“{id}”与地址中的“{featureId}”不同；要素的编号不能更改。", $"The body's id '{id}' is not the address's '{featureId}'; a feature's number does not change.")
            : null;

    /// <summary>The feature as it stands with a merge patch on it (RFC 7396). A geometry that is not in the patch stays in stored coordinates.</summary>
    static (FeatureInput? Feature, IReadOnlyList<LocalText> Faults) Patched(FeatureVersion current, JsonNode? patch, LayerDefinition layer, OgcCrs crs)
    {
        if (patch is not JsonObject changes)
            return (null, [new("请求正文应为 JSON 对象（RFC 7396）。", "The body should be a JSON object (RFC 7396).")]);
        var merged = MergePatching.Apply(JsonNode.Parse(current.Document.Span), changes);
        return FeatureInput.Read(merged, layer, changes.ContainsKey("geometry") ? crs : OgcCrs.Crs84);
    }

    static async Task<(JsonNode? Body, LocalText? Fault)> ReadBody(HttpContext context, CancellationToken cancel)
    {
        try
        {
            return (await JsonNode.ParseAsync(context.Request.Body, documentOptions: new() { AllowDuplicateProperties = false }, cancellationToken: cancel), null);
        }
        catch (JsonException fault)
        {
            return (null, new($"请求正文不是合法的 JSON：{fault.Message}", $"The body is not valid JSON: {fault.Message}"));
        }
    }

    // Constraints of the database are the last check: what they refuse is the caller's fault, not the machine's.
    static async Task<IResult> Guarded(HttpContext context, LayerDefinition layer, Func<Task<IResult>> write)
    {
        try
        {
            return await write();
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return OgcAnswer.Refuse(context, OutsideScope(layer));
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return OgcAnswer.Refuse(context, new(StatusCodes.Status409Conflict, "key-taken", new($"图层“{layer.Id}”已有同样主键的要素。", $"Layer '{layer.Id}' has a feature of this key already.")));
        }
        catch (PostgresException fault) when (fault.SqlState.StartsWith("22", StringComparison.Ordinal) || fault.SqlState.StartsWith("23", StringComparison.Ordinal))
        {
            return OgcAnswer.Refuse(context, new(StatusCodes.Status422UnprocessableEntity, "feature-refused",
                new($"数据库拒绝了要素：{fault.ConstraintName ?? fault.MessageText}。", $"The database refuses the feature: {fault.ConstraintName ?? fault.MessageText}.")));
        }
    }

    /// <summary>The row as it would stand lies outside what the caller may see; the database's own lock says so (sql/0016).</summary>
    internal static OgcRefusal OutsideScope(LayerDefinition layer) => new(StatusCodes.Status403Forbidden, "outside-scope",
        new($"图层“{layer.Id}”的此要素会位于您的管辖范围之外，未保存。", $"The feature of layer '{layer.Id}' would lie outside your area; it was not saved."));

    static async Task<IResult> Written(HttpContext context, LayerDefinition layer, long fid, CheckedFeature isChecked, FeaturePages pages, int status)
    {
        if (await Find(layer, fid, pages, context.RequestAborted) is not { } version)
            return OgcAnswer.Refuse(context, OgcRefusal.NoFeature(layer.Id, fid.ToString(CultureInfo.InvariantCulture)));
        var document = JsonNode.Parse(version.Document.Span)!.AsObject();
        if (isChecked.Warnings.Count > 0)
            document["warnings"] = new JsonArray([.. isChecked.Warnings.Select(warning => new JsonObject { ["field"] = warning.Field, ["code"] = warning.Code, ["text"] = warning.Text.In(UiLanguage.Current) })]);
        OgcAnswer.Head(context);
        context.Response.Headers.ETag = FeatureTag.Of(version.Hash, OgcCrs.Crs84);
        context.Response.Headers["Content-Crs"] = $"<{OgcCrs.Crs84.Uri}>";
        return Results.Text(document.ToJsonString(OgcAnswer.Format), OgcLink.GeoJson, statusCode: status);
    }

    // A write may well give a feature the state of removed ones; its answer shows it all the same.
    static async Task<FeatureVersion?> Find(LayerDefinition layer, long fid, FeaturePages pages, CancellationToken cancel)
    {
        foreach (var statuses in layer.RemovedStatus is { } removed ? new string[][] { [], [removed] } : [[]])
        {
            await using var page = await pages.Find(layer, new(layer.Id) { Statuses = statuses }, fid, cancel);
            if (await page.Next(cancel))
                return FeatureVersion.Of(layer, page);
        }
        return null;
    }

    static OgcRefusal BadFeature(IReadOnlyList<LocalText> faults) => OgcRefusal.BadQuestion(faults) with { Type = "bad-feature" };

    static OgcRefusal Refused(CheckedFeature isChecked) => new(StatusCodes.Status422UnprocessableEntity, "feature-refused",
        new(string.Concat(isChecked.Refusals.Select(fault => $"{(fault.Field is null ? "" : fault.Field + "：")}{fault.Text.Zh}")),
            string.Join(' ', isChecked.Refusals.Select(fault => $"{(fault.Field is null ? "" : fault.Field + ": ")}{fault.Text.En}")))) { Faults = isChecked.Refusals };

    static OgcRefusal KeyTaken(LayerDefinition layer, CheckedFeature isChecked) => new(StatusCodes.Status409Conflict, "key-taken",
        new($"图层“{layer.Id}”已有 {layer.Key} 为“{isChecked.Values[layer.Key]}”的要素。", $"Layer '{layer.Id}' has a feature whose {layer.Key} is '{isChecked.Values[layer.Key]}' already."));
}
