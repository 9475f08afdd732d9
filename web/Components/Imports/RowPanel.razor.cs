using System.Globalization;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>A row that something was found in: its delivered values, to be mended where it was refused, and checked again before they are kept.</summary>
public sealed partial class RowPanel(IStringLocalizer<ImportText> texts, QuarantineStore quarantine, FaultPages faults, RowMender mender, AuditLog audit)
{
    const int MostIssues = 50;

    Dictionary<string, string?> _values = [], _before = [];
    UnsavedChanges? _unsaved;
    QuarantinedRow? _row;
    LayerInspection? _inspection;
    IReadOnlyList<StoredIssue> _issues = [];
    IReadOnlyList<RowIssue>? _checked;
    (string, long)? _shown;
    (string? Longitude, string? Latitude) _placeBefore;
    string? _longitude, _latitude, _fault;

    [Parameter, EditorRequired]
    public required Batch Batch { get; set; }

    /// <summary>A fault of the row.</summary>
    [Parameter, EditorRequired]
    public required StoredIssue Issue { get; set; }

    /// <summary>The row was mended, or is as it was delivered again.</summary>
    [Parameter]
    public EventCallback OnMended { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    bool IsSent => _row?.State is "resent" or "dropped";
    bool IsChanged => _row is not null && !IsSent && ((_longitude, _latitude) != _placeBefore || _values.Any(one => one.Value != _before.GetValueOrDefault(one.Key)));
    bool HasPointPlace => _row is { GeoJson: null } || _row!.GeoJson!.Contains("\"Point\"", StringComparison.Ordinal);

    IEnumerable<(string Severity, string Text, string? Field, string? Value, string? Expected)> Said => _checked is { } now
        ? now.Select(one => (one.Severity.ToString().ToLowerInvariant(), Rules.Of(one.Code).Text.In(UiLanguage.Current), one.Field, one.Value, one.Expected))
        : _issues.Select(one => (one.Severity, ImportReport.RuleOf(one.Code)?.Text.In(UiLanguage.Current) ?? one.Code, one.Field, one.Value, one.Expected));

    /// <summary>May the row go away? Where there are values that are not kept the person is asked.</summary>
    public Task<bool> MayLeave() => _unsaved?.MayLeave() ?? Task.FromResult(true);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Issue.SourceLayer, Issue.Row))
            return;
        _shown = (Issue.SourceLayer, Issue.Row);
        _issues = await faults.Page(Batch.Id, new(SourceLayer: Issue.SourceLayer, Row: Issue.Row), 0, MostIssues);
        _inspection = mender.InspectionOf(Batch, Issue.SourceLayer);
        await Take(Issue.Row == 0 ? null : await quarantine.Find(Batch.Id, Issue.SourceLayer, Issue.Row));
    }

    Task Take(QuarantinedRow? row)
    {
        (_row, _checked, _fault) = (row, null, null);
        if (row is null)
            return Task.CompletedTask;
        var mended = row.Mended is { } json ? MendedRow.Parse(json) : MendedRow.OfRecord(row.Record);
        (_values, _before) = (new(mended.Values), new(mended.Values));
        (_longitude, _latitude) = mended.Place is [var x, var y] ? (Text9(x), Text9(y)) : (null, null);
        if (mended.Place is null && row.GeoJson is { } place && HasPointPlace)
            (_longitude, _latitude) = GeoPoint(place);
        _placeBefore = (_longitude, _latitude);
        return Task.CompletedTask;
    }

    // Another fault of the same row is shown beside the same values.
    bool IsThisRow(Uri target)
        => target.AbsolutePath == $"/imports/{Batch.Id}" && QueryHelpers.ParseQuery(target.Query).TryGetValue("fault", out var fault) && _issues.Any(one => fault == one.Id.ToString(CultureInfo.InvariantCulture));

    string? TitleOf(string column)
        => _inspection!.Mapping.Fields.FirstOrDefault(one => one.Column is not null && _inspection.Mapping.DeliveredName(one) == column)?.Field.Title.In(UiLanguage.Current);

    void Write(string column, string? value) => (_values[column], _checked) = (string.IsNullOrEmpty(value) ? null : value, null);

    async Task Check()
    {
        if (Mended() is { } mended)
            _checked = await mender.Check(Batch, _row!, mended);
    }

    async Task Save()
    {
        await Check();
        if (_fault is not null || Mended() is not { } mended)
            return;
        if (_checked!.Any(issue => issue.Severity == Severity.Error))
        {
            _fault = Text["StillWrong"];
            return;
        }
        await Keep(mended.ToJson());
    }

    Task TakeBack() => Keep(null);

    async Task Keep(string? json)
    {
        var (isKept, said) = (await quarantine.Mend(Batch.Id, Issue.SourceLayer, Issue.Row, json), _checked);
        if (isKept)
            await audit.Write(new(AuditKind.DeliveryMended, Issue.SourceLayer, After: new { batch = Batch.Id, row = Issue.Row, mended = json }));
        await Take(await quarantine.Find(Batch.Id, Issue.SourceLayer, Issue.Row));
        (_checked, _fault) = (json is null ? null : said, isKept ? null : Text["RowSentMeanwhile"].Value);
        await OnMended.InvokeAsync();
    }

    // A place that was not touched stays as it was delivered, to the last digit.
    MendedRow? Mended()
    {
        _fault = null;
        if (!HasPointPlace || string.IsNullOrWhiteSpace(_longitude) && string.IsNullOrWhiteSpace(_latitude) || _row!.GeoJson is { } place && (_longitude, _latitude) == GeoPoint(place))
            return new(_values, null);
        if (Cells.Number(_longitude ?? "") is { } x && Cells.Number(_latitude ?? "") is { } y && Math.Abs(x) <= 180 && Math.Abs(y) <= 90)
            return new(_values, [x, y]);
        _fault = Text["NoPlace"];
        return null;
    }

    static (string, string) GeoPoint(string geoJson)
    {
        using var document = System.Text.Json.JsonDocument.Parse(geoJson);
        var position = document.RootElement.GetProperty("coordinates");
        return (position[0].GetRawText(), position[1].GetRawText());
    }

    static string Text9(double degrees) => degrees.ToString("0.#########", CultureInfo.InvariantCulture);
}
