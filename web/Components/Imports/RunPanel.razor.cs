using System.Globalization;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>How far a running import is: its steps, rows a second, rows refused so far; and the way to stop it.</summary>
public sealed partial class RunPanel(IStringLocalizer<ImportText> texts)
{
    [Parameter, EditorRequired]
    public required ImportJob Job { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    double? Share => Job.Total is > 0 and var total ? Math.Min(1, Job.Done / (double)total) : null;
    string RowsPerSecond => Job.InStep.TotalSeconds > 0.5 ? Number((long)(Job.Done / Job.InStep.TotalSeconds)) : "…";

    IEnumerable<string> Steps => Job.Task switch
    {
        ImportTask.Inspect => ["inspect"],
        ImportTask.Import => ImportStep.All.Where(step => step != "publish"),
        ImportTask.Publish => ["compare", "publish"],
        _ => [],
    };

    bool IsPast(string step) => Job.Step is { } now && ImportStep.All.TakeWhile(one => one != now).Contains(step);

    static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
