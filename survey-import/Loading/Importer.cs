using System.Text.Json;
using System.Text.Json.Serialization;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using Npgsql;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>
/// inspect → map → check → stage → compare → publish, one batch at a time. Publication is one transaction; until then the layer is untouched, whatever happens,
/// and an interrupted batch can be resumed or dropped.
/// </summary>
/// <param name="source">Made by <see cref="Connections.Open"/>, on a database prepared by <see cref="Installation"/>.</param>
public sealed class Importer(NpgsqlDataSource source, LayerCatalog catalog)
{
    /// <summary>Settings as a batch keeps them, and as a settings file holds them.</summary>
    public static JsonSerializerOptions SettingsFormat { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>How far an import goes.</summary>
    enum Goal { Check, Review, Publish, PublishAnyway }

    readonly BatchStore _batches = new(source);

    /// <summary>Says what a delivery is, without keeping anything.</summary>
    /// <exception cref="SourceException">The path is missing or nothing in it can be read.</exception>
    public async Task<ImportResult> Inspect(string path, DeliverySettings settings, CancellationToken cancel = default)
    {
        using var delivery = Open(path, settings);
        var layers = await Inspector(settings, await Facts(cancel)).Inspect(delivery, cancel);
        return new(ImportOutcome.Asked, null, layers, delivery.Faults, Sentences(layers), []);
    }

    /// <param name="checkOnly">Stage, check and compare, then keep nothing but the report.</param>
    /// <param name="accept">Publish also where a limit of the settings is passed.</param>
    /// <exception cref="SourceException">The delivery cannot be read, or breaks off; nothing is left behind. Or it is not for its maker to bring.</exception>
    public Task<ImportResult> Import(
        string path, DeliverySettings settings, bool checkOnly = false, bool accept = false, IProgress<ImportStep>? progress = null, CancellationToken cancel = default)
        => Begin(path, settings, DeliveryMaker.Current, checkOnly ? Goal.Check : accept ? Goal.PublishAnyway : Goal.Publish, null, progress, cancel);

    /// <summary>Goes as far as the comparison; then the batch waits for a person, whatever the limits say.</summary>
    /// <param name="maker">Rows that lie outside of his scope are refused.</param>
    /// <param name="begun">Told the batch as soon as there is one.</param>
    /// <exception cref="SourceException">The delivery cannot be read, or breaks off; nothing is left behind. Or it is not for its maker to bring.</exception>
    public Task<ImportResult> Stage(
        string path, DeliverySettings settings, DeliveryMaker maker, Func<Batch, Task> begun, IProgress<ImportStep>? progress = null, CancellationToken cancel = default)
        => Begin(path, settings, maker, Goal.Review, begun, progress, cancel);

    async Task<ImportResult> Begin(
        string path, DeliverySettings settings, DeliveryMaker maker, Goal goal, Func<Batch, Task>? begun, IProgress<ImportStep>? progress, CancellationToken cancel)
    {
        RequireItsMakers(LayerOf(settings), maker);
        var clock = new StepClock(progress);
        using var delivery = Open(path, settings);
        // The whole delivery is read once for its hash while its beginnings are inspected.
        var hash = Task.Run(() => delivery.Hash, cancel);
        var facts = await Facts(cancel);
        var layers = await clock.Step("inspect", () => Inspector(settings, facts).Inspect(delivery, cancel));
        var fingerprint = await hash;
        if (Sentences(layers) is { Count: > 0 } questions)
            return new(ImportOutcome.Asked, null, layers, delivery.Faults, questions, clock.Seconds);
        var layer = LayerOf(settings);
        var inspection = new StoredInspection(Sources(layer, layers), layers, delivery.Faults).ToJson(layer);
        var batch = await _batches.Create(settings.LayerId, Path.GetFullPath(path), fingerprint, JsonSerializer.Serialize(settings, SettingsFormat), inspection, maker, cancel);
        await using var held = await Hold(batch.Id, cancel);
        if (begun is not null)
            await begun(batch);
        return await Run(batch, delivery, layers, settings, facts, goal, clock, cancel);
    }

    /// <summary>Takes up a batch that was interrupted or waits; what is staged already is not read again.</summary>
    /// <exception cref="SourceException">The delivery is no longer where it was, or has changed.</exception>
    public Task<ImportResult> Resume(Batch batch, bool accept, IProgress<ImportStep>? progress = null, CancellationToken cancel = default)
        => Resume(batch, accept ? Goal.PublishAnyway : Goal.Publish, progress, cancel);

    /// <summary>Takes up a batch that was interrupted, and goes as far as the comparison.</summary>
    /// <exception cref="SourceException">The delivery is no longer where it was, or has changed.</exception>
    public Task<ImportResult> Stage(Batch batch, IProgress<ImportStep>? progress = null, CancellationToken cancel = default) => Resume(batch, Goal.Review, progress, cancel);

    async Task<ImportResult> Resume(Batch batch, Goal goal, IProgress<ImportStep>? progress, CancellationToken cancel)
    {
        var clock = new StepClock(progress);
        await using var held = await Hold(batch.Id, cancel);
        var settings = SettingsOf(batch);
        if (batch.State == BatchState.Staged && await new Staging(LayerOf(settings), batch.Id).Holds(source, batch.Counts.Accepted, cancel))
        {
            var stored = StoredInspection.Parse(batch.Inspection, LayerOf(settings));
            return await Finish(batch, new(LayerOf(settings), batch.Id), batch.Counts, settings, stored.Layers, stored.Sources, stored.Faults, goal, clock, cancel);
        }
        using var delivery = Open(batch.Path, settings);
        if (delivery.Hash != batch.FileHash)
            throw new SourceException(new("DELIVERY_CHANGED", batch.Path, new(
                $"{batch.Path} 自批次 {batch.Id} 开始以来已被修改，请放弃该批次（batches drop {batch.Id}）后重新导入。",
                $"{batch.Path} has changed since batch {batch.Id} was begun; drop the batch (batches drop {batch.Id}) and import it again.")));
        var facts = await Facts(cancel);
        var layers = await clock.Step("inspect", () => Inspector(settings, facts).Inspect(delivery, cancel));
        return await Run(batch, delivery, layers, settings, facts, goal, clock, cancel);
    }

    /// <summary>The settings a batch was begun with.</summary>
    public static DeliverySettings SettingsOf(Batch batch) => JsonSerializer.Deserialize<DeliverySettings>(batch.Settings, SettingsFormat)!;

    /// <summary>Why a staged batch waits for a person: the limits of its settings that it passes, without saying what to type.</summary>
    public static IReadOnlyList<LocalText> Limits(Batch batch) => Limits(batch.Counts, SettingsOf(batch));

    /// <summary>Gives up a batch that is not published.</summary>
    /// <exception cref="SourceException">Another process is at work on it.</exception>
    public async Task Drop(Batch batch, CancellationToken cancel = default)
    {
        await using var held = await Hold(batch.Id, cancel);
        await GiveUp(batch, cancel);
    }

    async Task<SessionLock> Hold(long batchId, CancellationToken cancel)
        => await SessionLock.OfBatch(source, batchId, cancel) ?? throw new SourceException(new("BATCH_BUSY", "", new(
            $"另一进程正在处理批次 {batchId}，请等它结束后再试。", $"Another process is at work on batch {batchId}; wait for it to end and try again.")));

    async Task GiveUp(Batch batch, CancellationToken cancel)
    {
        await new Staging(LayerOf(batch.LayerId), batch.Id).Drop(source, cancel);
        await _batches.Save(batch.Id, BatchState.Dropped, null, cancel);
    }

    async Task<ImportResult> Run(
        Batch batch, Delivery delivery, IReadOnlyList<LayerInspection> layers, DeliverySettings settings, SpineFacts facts, Goal goal, StepClock clock, CancellationToken cancel)
    {
        var layer = LayerOf(settings);
        var staging = new Staging(layer, batch.Id);
        var sources = Sources(layer, layers);
        try
        {
            await _batches.Save(batch.Id, BatchState.Staging, null, cancel);
            var context = Context(layer, settings, facts);
            var counts = await clock.Step("stage", () => new Stager(source, staging, context, one => PlacementOf(one, settings), clock).Run(delivery, layers, cancel));
            await clock.Step("stamp", () => staging.Stamp(source, HaveDivision(staging.Layer, settings), cancel));
            var outside = new OutsideRows(source, staging, batch.Maker, one => Checker(Context(layer, settings, facts), one, settings));
            counts = await clock.Step("check", async () => await CheckStaged(staging, sources, settings, await outside.Refuse(delivery, layers, sources, counts, cancel), cancel));
            return await Finish(batch, staging, counts, settings, layers, sources, delivery.Faults, goal, clock, cancel);
        }
        catch (SourceException)
        {
            await GiveUp(batch, CancellationToken.None);
            throw;
        }
    }

    async Task<ImportResult> Finish(
        Batch batch, Staging staging, BatchCounts counts, DeliverySettings settings, IReadOnlyList<LayerInspection> layers, IReadOnlyList<StagedSource> sources,
        IReadOnlyList<SourceFault> faults, Goal goal, StepClock clock, CancellationToken cancel)
    {
        counts = await clock.Step("compare", () => Compare(batch, staging, settings, sources, counts, cancel));
        await _batches.Save(batch.Id, BatchState.Staged, counts, cancel);
        List<LocalText> reasons = [.. Limits(counts, settings).Select(reason => WithCommands(reason, batch.Id))];
        if (goal == Goal.Check)
        {
            await GiveUp(batch, cancel);
            return await Result(ImportOutcome.Checked, reasons);
        }
        if (goal == Goal.Review || reasons.Count > 0 && goal != Goal.PublishAnyway)
            return await Result(ImportOutcome.Waits, reasons);
        await clock.Step("publish", async () =>
        {
            while (!await new Publication(source, catalog).Publish(staging, counts, settings.Mends, cancel))
                counts = await Compare(batch, staging, settings, sources, counts, cancel);
        });
        var hasChanges = counts.Added + counts.Changed + counts.Moved + counts.Removed > 0;
        return await Result(hasChanges ? ImportOutcome.Published : ImportOutcome.Unchanged, []);

        async Task<ImportResult> Result(ImportOutcome outcome, IReadOnlyList<LocalText> why)
            => new(outcome, (await _batches.Find(batch.Id, cancel))!, layers, faults, why, clock.Seconds);
    }

    async Task<BatchCounts> Compare(Batch batch, Staging staging, DeliverySettings settings, IReadOnlyList<StagedSource> sources, BatchCounts counts, CancellationToken cancel)
    {
        // Mended rows say nothing of those that were sound.
        var scope = settings.Mends is null ? settings.Scope : CensusScope.Update;
        var compared = await new Comparison(source, staging, batch.Maker.Scope).Run(scope, counts, cancel);
        var found = await new StagedChecks(source, staging, sources, settings.MostKept).CheckKeys(scope, isScoped: batch.Maker.Scope is not null, cancel);
        var others = compared.Issues.Where(issue => issue.Key is not (nameof(IssueCode.CodeDuplicateInDatabase) or nameof(IssueCode.CodeTakenOutside) or nameof(IssueCode.CaseMovedHere))).ToDictionary();
        return compared with { Issues = Together(others, found) };
    }

    async Task<BatchCounts> CheckStaged(Staging staging, IReadOnlyList<StagedSource> sources, DeliverySettings settings, BatchCounts counts, CancellationToken cancel)
    {
        var found = await new StagedChecks(source, staging, sources, settings.MostKept).CheckJurisdiction(HaveDivision(staging.Layer, settings), cancel);
        var spine = await new SpineChecks(source, staging, sources).Run(cancel);
        return counts with { Issues = Together(Together(counts.Issues, found), spine) };
    }

    void RequireItsMakers(LayerDefinition layer, DeliveryMaker maker)
    {
        if (!maker.LayersOf(catalog).Contains(layer))
            throw new SourceException(new("LAYER_OF_THE_WHOLE_CITY", layer.Id, new(
                $"图层“{layer.Title.Zh}”涉及全市，须由范围为全市的人员交付。", $"The layer '{layer.Title.En}' concerns the whole city; someone who sees the whole city has to deliver it.")));
    }

    static RowChecker Checker(CheckContext context, LayerInspection layer, DeliverySettings settings)
        => new(context, layer.Mapping, PlacementOf(layer, settings), layer.CodeLayout, layer.ClassTable);

    static bool HaveDivision(LayerDefinition layer, DeliverySettings settings)
        => settings.CodeRule == CodeRule.Standard && layer.Find(layer.Key)?.Checks.Contains("identification-code") == true;

    static List<StagedSource> Sources(LayerDefinition layer, IReadOnlyList<LayerInspection> layers)
    {
        var grid = layer.Fields.FirstOrDefault(field => field.Checks.Contains("grid-code"))?.Name ?? "";
        return [.. layers.Select(one => new StagedSource(one.Source.Name, KeyFieldOf(one, layer), Delivered(one.Mapping, grid)))];
    }

    /// <summary>Delivered name of the layer's key.</summary>
    internal static string KeyFieldOf(LayerInspection inspection, LayerDefinition layer) => Delivered(inspection.Mapping, layer.Key) ?? layer.Key;

    static string? Delivered(LayerMapping mapping, string field) => mapping.Of(field) is { } one ? mapping.DeliveredName(one) : null;

    static SortedDictionary<string, long> Together(IReadOnlyDictionary<string, long> one, IReadOnlyDictionary<string, long> other)
    {
        var sum = new SortedDictionary<string, long>(one.ToDictionary());
        foreach (var (code, count) in other)
            sum[code] = count;
        return sum;
    }

    static List<LocalText> Limits(BatchCounts counts, DeliverySettings settings)
    {
        var reasons = new List<LocalText>();
        if (counts.Delivered > 0 && counts.Refused > counts.Delivered * settings.MostRefused)
            reasons.Add(new($"{counts.Delivered:N0} 行中有 {counts.Refused:N0} 行被拒，超过上限 {settings.MostRefused:P0}。",
                $"{counts.Refused:N0} of {counts.Delivered:N0} rows were refused, more than the limit of {settings.MostRefused:P0}."));
        var stored = counts.Removed + counts.Changed + counts.Moved + counts.Unchanged;
        if (counts.Removed > 0 && counts.Removed > stored * settings.MostRemoved)
            reasons.Add(new($"库中 {stored:N0} 个要素有 {counts.Removed:N0} 个未再交付，将标为移除，超过上限 {settings.MostRemoved:P0}。",
                $"{counts.Removed:N0} of {stored:N0} features are no longer delivered and would be removed, more than the limit of {settings.MostRemoved:P0}."));
        return reasons;
    }

    static LocalText WithCommands(LocalText reason, long batchId) => new(
        $"{reason.Zh}确认后用 import --resume {batchId} --accept 发布，或用 batches drop {batchId} 放弃。",
        $"{reason.En} Publish it with import --resume {batchId} --accept, or give it up with batches drop {batchId}.");

    static List<LocalText> Sentences(IReadOnlyList<LayerInspection> layers) => [.. layers.SelectMany(layer => layer.Questions).Select(question => question.Sentence)];

    internal CheckContext Context(LayerDefinition layer, DeliverySettings settings, SpineFacts facts) => new()
    {
        Layer = layer,
        Lists = catalog.Lists,
        Settings = settings,
        Divisions = facts.Divisions,
        Departments = facts.Departments,
        // The hull, as bridges, jetties and buoys stand in the water between the districts; what is in no grid is warned of.
        Area = facts.Area is { } area && !LayerTable.IsSpine(layer) ? new SurveyMask(area.ConvexHull()) : null,
    };

    internal static Placement PlacementOf(LayerInspection layer, DeliverySettings settings)
    {
        var shift = settings.DatumShift is { } text ? DatumShiftText.Parse(text) : null;
        var transform = layer.Crs?.Crs is { } crs ? CoordinateTransform.To4490(crs, shift) : null;
        return new(transform, layer.Crs?.SwapAxes ?? false, settings.WebMapOffset is { } offset ? Enum.Parse<MapOffset>(offset, ignoreCase: true) : MapOffset.None);
    }

    internal DeliveryInspector Inspector(DeliverySettings settings, SpineFacts facts)
    {
        var box = facts.Area?.EnvelopeInternal;
        return new(source, LayerOf(settings), settings, box is null ? null : new SurveyArea(box.MinX, box.MinY, box.MaxX, box.MaxY)) { Catalogue = catalog.Lists };
    }

    Task<SpineFacts> Facts(CancellationToken cancel) => SpineFacts.Load(source, cancel);

    static Delivery Open(string path, DeliverySettings settings) => Delivery.Open(path, new() { Encoding = settings.Encoding });

    internal LayerDefinition LayerOf(DeliverySettings settings) => LayerOf(settings.LayerId);

    LayerDefinition LayerOf(string id) => catalog.Find(id) ?? throw new ArgumentException($"There is no layer '{id}'.");
}
