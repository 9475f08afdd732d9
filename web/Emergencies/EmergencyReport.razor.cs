using System.Globalization;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>Stands an emergency down with a report; afterwards the report with its figures, tasks and log, as a page that is printed.</summary>
public sealed partial class EmergencyReport(IStringLocalizer<CommandText> texts, CommandDesk desk, CaseWords words, IJSRuntime script) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    CaseRefusal? _refusal;
    string? _report;
    bool _isBusy;

    [Parameter, EditorRequired]
    public required Emergency Emergency { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<EmergencyTask> Tasks { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<EmergencyEntry> Entries { get; set; }

    /// <summary>Of now, or of its end.</summary>
    [Parameter]
    public AreaFigures? Figures { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    public void Dispose() => _closing.Cancel();

    static string Number(long number) => number.ToString("#,0", CultureInfo.CurrentCulture);

    async Task Close()
    {
        _isBusy = true;
        try
        {
            _refusal = (await desk.Close(Emergency.Id, _report ?? "", _closing.Token)).Refusal;
        }
        finally
        {
            _isBusy = false;
        }
        await OnChanged.InvokeAsync();
    }

    async Task Print() => await script.InvokeVoidAsync("print", _closing.Token);
}
