using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Asks for what a move needs, and for a note and photos in any case. What was typed stays when the move is refused.</summary>
public sealed partial class MoveForm(IStringLocalizer<CaseText> texts, CaseWords words)
{
    const int MinutesPerHour = 60;
    IReadOnlyList<NewPhoto> _photos = [];
    string? _note, _department;
    double? _hours;

    [Parameter, EditorRequired]
    public required CaseMove Move { get; set; }

    [Parameter, EditorRequired]
    public required CaseState State { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Code, string Name)> Departments { get; set; }

    /// <summary>Working minutes that were asked for; they stand in the form at first.</summary>
    [Parameter]
    public int? AskedMinutes { get; set; }

    [Parameter]
    public CaseRefusal? Refusal { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public EventCallback<CaseOrder> OnSend { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    protected override void OnInitialized()
    {
        _department = Departments.Any(one => one.Code == State.Department) ? State.Department : "";
        _hours = AskedMinutes / (double)MinutesPerHour;
    }

    Task Send() => OnSend.InvokeAsync(new(Move.Id, State.Moves)
    {
        Note = _note, Photos = _photos, Department = Move.Needs.HasFlag(CaseNeeds.Department) ? _department : null, DelayMinutes = _hours is { } hours ? (int)Math.Round(hours * MinutesPerHour) : null,
    });
}
