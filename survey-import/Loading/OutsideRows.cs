using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using Npgsql;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>
/// Refuses the rows that their maker may not write. Where a row lies shows only once it is stamped, and then its delivered values are no longer at hand: those rows
/// are read from the delivery a second time on their way into quarantine.
/// </summary>
/// <param name="checkerOf">A checker for a layer of the delivery, with nothing seen yet.</param>
sealed class OutsideRows(NpgsqlDataSource source, Staging staging, DeliveryMaker maker, Func<LayerInspection, RowChecker> checkerOf)
{
    readonly IssueStore _issues = new(source);

    /// <returns>The counts with those rows refused.</returns>
    public async Task<BatchCounts> Refuse(Delivery delivery, IReadOnlyList<LayerInspection> layers, IReadOnlyList<StagedSource> sources, BatchCounts counts, CancellationToken cancel)
    {
        if (maker.Scope is not { } scope)
            return counts;
        var staged = new StagedScope(source, staging, scope);
        var (byPlace, byKey, classes) = await staged.TakeOut(cancel);
        for (var number = 0; number < layers.Count && byPlace + byKey > 0; number++)
            await Quarantine(delivery, layers[number], sources[number], staged.Rows(number, cancel), cancel);
        return counts with
        {
            Accepted = counts.Accepted - byPlace - byKey,
            Refused = counts.Refused + byPlace + byKey,
            Issues = new SortedDictionary<string, long>(counts.Issues.Concat(Found(byPlace, byKey)).ToDictionary()),
            Classes = new SortedDictionary<string, ClassCount>(counts.Classes.ToDictionary(one => one.Key, one => one.Value with { Refused = one.Value.Refused + classes.GetValueOrDefault(one.Key) }), StringComparer.Ordinal),
        };
    }

    /// <summary>The fault of such a row.</summary>
    public static RowIssue Issue(OutsideRow row, string keyField)
        => row.IsByKey
            ? new(IssueCode.CodeOutsideScope, Rules.Of(IssueCode.CodeOutsideScope).Severity, row.Row, keyField, row.Key)
            : new(IssueCode.OutsideScope, Rules.Of(IssueCode.OutsideScope).Severity, row.Row, null, row.Where);

    static IEnumerable<KeyValuePair<string, long>> Found(long byPlace, long byKey)
        => new[] { (IssueCode.OutsideScope, byPlace), (IssueCode.CodeOutsideScope, byKey) }.Where(one => one.Item2 > 0).Select(one => KeyValuePair.Create(one.Item1.ToString(), one.Item2));

    // Both come in the order of the delivery, so they are gone through side by side, however many they are.
    async Task Quarantine(Delivery delivery, LayerInspection layer, StagedSource staged, IAsyncEnumerable<OutsideRow> rows, CancellationToken cancel)
    {
        await using var outside = rows.GetAsyncEnumerator(cancel);
        var isLeft = await outside.MoveNextAsync();
        var checker = checkerOf(layer);
        var key = staging.Layer.Fields.TakeWhile(field => field.Name != staging.Layer.Key).Count();
        using var reader = delivery.OpenReader(layer.Source);
        foreach (var chunk in isLeft ? reader.Read(cancel) : [])
        {
            var (refused, issues) = (new bool[chunk.Count], new List<RowIssue>());
            for (; isLeft && outside.Current.Row < chunk.FirstRow + chunk.Count; isLeft = await outside.MoveNextAsync())
            {
                refused[outside.Current.Row - chunk.FirstRow] = true;
                issues.Add(Issue(outside.Current, staged.KeyField));
            }
            if (issues.Count > 0)
                await Keep(checker.Check(chunk) with { IsRefused = refused, Issues = issues }, layer.Mapping, key, cancel);
            if (!isLeft)
                return;
        }
    }

    async Task Keep(CheckedChunk chunk, LayerMapping mapping, int key, CancellationToken cancel)
    {
        await _issues.Write(staging.BatchId, RefusedRows.Issues(chunk, mapping), cancel);
        await _issues.Write(staging.BatchId, RefusedRows.Of(chunk, mapping, key), cancel);
    }
}
