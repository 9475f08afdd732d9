using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using Npgsql;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>
/// What a survey team and the bureau hand over to each other after an import: what was delivered, what was found, what was refused and why.
/// <c>Batch.Counts.Issues</c> holds the true counts; <paramref name="Issues"/> only those that were kept singly, errors first.
/// </summary>
/// <param name="Layers">What the inspection found; empty for batches of versions that did not keep it.</param>
/// <param name="Faults">Files that could not be read.</param>
/// <param name="Quarantine">Refused rows that wait.</param>
public sealed record ImportReport(
    Batch Batch, LayerDefinition Layer, IReadOnlyList<LayerInspection> Layers, IReadOnlyList<SourceFault> Faults, IReadOnlyList<StoredIssue> Issues,
    WaitingRows Quarantine)
{
    /// <summary>Faults that a report lists at most; a sheet of Excel holds about a million rows.</summary>
    public const int MostListed = 100_000;

    /// <summary>How the import ended; null where the report is made later.</summary>
    public ImportOutcome? Outcome { get; init; }

    /// <summary>Why the batch waits for a person.</summary>
    public IReadOnlyList<LocalText> Reasons { get; init; } = [];

    /// <exception cref="ArgumentException">The import was never begun, because questions are open.</exception>
    public static async Task<ImportReport> Of(NpgsqlDataSource source, LayerCatalog catalog, ImportResult result, CancellationToken cancel = default)
    {
        var batch = result.Batch ?? throw new ArgumentException("An import that was not begun has no report; its questions must be answered first.", nameof(result));
        var report = await Of(source, catalog, batch, cancel);
        return report with { Layers = result.Layers, Faults = result.Faults, Outcome = result.Outcome, Reasons = result.Reasons };
    }

    /// <summary>The report of an earlier import, from what the database keeps of it.</summary>
    public static async Task<ImportReport> Of(NpgsqlDataSource source, LayerCatalog catalog, Batch batch, CancellationToken cancel = default)
    {
        var layer = catalog.Find(batch.LayerId) ?? throw new ArgumentException($"Batch {batch.Id} is for the layer '{batch.LayerId}', which is not defined.", nameof(batch));
        var inspection = StoredInspection.Parse(batch.Inspection, layer);
        var quarantine = new QuarantineStore(source);
        var waiting = (await quarantine.Counts(batch.Id, cancel)).GetValueOrDefault("waiting");
        return new(batch, layer, inspection.Layers, inspection.Faults, await new IssueStore(source).Read(batch.Id, MostListed, cancel), new(waiting, () => quarantine.All(batch.Id, "waiting", cancel)
            .ToBlockingEnumerable(cancel).Select(row => new WaitingRows.Row(row.SourceLayer, row.Row, row.Record, row.GeoJson))));
    }

    /// <summary>Name of the delivered file or folder, without the folders of the machine it lay on.</summary>
    public string DeliveryName => Path.GetFileName(Path.TrimEndingDirectorySeparator(Batch.Path));

    /// <summary>All faults, kept singly or not.</summary>
    public long IssueCount => ByRule().Sum(one => one.Count);

    /// <summary>Counts by rule: errors first, then the most frequent.</summary>
    public IReadOnlyList<RuleCount> ByRule()
    {
        var listed = Issues.GroupBy(issue => issue.Code).ToDictionary(group => group.Key, group => (Count: group.LongCount(), group.First().Severity));
        return
        [
            .. Batch.Counts.Issues.Keys.Union(listed.Keys)
                .Select(code => new RuleCount(code, RuleOf(code), SeverityOf(code, listed), Math.Max(Batch.Counts.Issues.GetValueOrDefault(code), Listed(code)), Listed(code)))
                .Where(one => one.Count > 0)
                .OrderByDescending(one => one.Severity).ThenByDescending(one => one.Count).ThenBy(one => one.Code, StringComparer.Ordinal),
        ];

        long Listed(string code) => listed.TryGetValue(code, out var one) ? one.Count : 0;
    }

    /// <summary>The rule of a stored code; null for a code that this version of the program does not know.</summary>
    public static Rule? RuleOf(string code) => Enum.TryParse<IssueCode>(code, out var known) && Enum.IsDefined(known) ? Rules.Of(known) : null;

    static Severity SeverityOf(string code, Dictionary<string, (long Count, string Severity)> listed)
        => listed.TryGetValue(code, out var one) ? SeverityOf(one.Severity) : RuleOf(code)?.Severity ?? Severity.Note;

    /// <summary>The severity that <c>error</c>, <c>warning</c> or <c>note</c> names.</summary>
    public static Severity SeverityOf(string name) => Enum.TryParse<Severity>(name, ignoreCase: true, out var severity) ? severity : Severity.Note;
}
