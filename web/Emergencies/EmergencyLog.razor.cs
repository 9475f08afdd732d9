using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>The log of an emergency, the latest first: what happened by itself, and what those who command write down.</summary>
public sealed partial class EmergencyLog(IStringLocalizer<CommandText> texts, CommandDesk desk, CaseWords words) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    CaseRefusal? _refusal;
    string? _said;
    bool _isBusy;

    [Parameter, EditorRequired]
    public required Emergency Emergency { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<EmergencyEntry> Entries { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    public void Dispose() => _closing.Cancel();

    async Task Send()
    {
        _isBusy = true;
        try
        {
            _refusal = (await desk.Note(Emergency.Id, _said ?? "", _closing.Token)).Refusal;
        }
        finally
        {
            _isBusy = false;
        }
        if (_refusal is null)
            _said = null;
        await OnChanged.InvokeAsync();
    }
}
