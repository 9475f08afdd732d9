using System.Globalization;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>A task of an emergency: what is to be done, how it stands, and for who is addressed the answer.</summary>
public sealed partial class EmergencyTaskItem(IStringLocalizer<CommandText> texts, CommandDesk desk, CaseWords words) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    CaseRefusal? _refusal;
    string? _answer;
    bool _isAnswering, _isBusy;

    [Parameter, EditorRequired]
    public required long Emergency { get; set; }

    [Parameter, EditorRequired]
    public required EmergencyTask Task { get; set; }

    /// <summary>What stands above it; null for whom it was sent to.</summary>
    [Parameter]
    public string? Title { get; set; }

    [Parameter]
    public bool IsOpen { get; set; } = true;

    [Parameter]
    public EventCallback OnChanged { get; set; }

    IStringLocalizer<CommandText> Text => texts;
    string Id => string.Create(CultureInfo.InvariantCulture, $"answer-said-{Emergency}-{Task.Number}");
    bool IsAnswerable => Task.IsMine && IsOpen && Task.State != "done";

    public void Dispose() => _closing.Cancel();

    void Open(bool isAnswering) => (_isAnswering, _answer) = (isAnswering, null);

    static string Answered(string by, string? answer) => answer is null ? by : UiLanguage.Headed(by, answer);

    async System.Threading.Tasks.Task Answer(string state, string? said)
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            _refusal = (await desk.Answer(Emergency, Task, state, said, _closing.Token)).Refusal;
        }
        finally
        {
            _isBusy = false;
        }
        if (_refusal is null)
            Open(false);
        await OnChanged.InvokeAsync();
    }
}
