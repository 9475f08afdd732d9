using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Co-ordination (吹哨) at a case: the departments that are called to it with what each is asked, the steps that the caller may take, and the call of one more.</summary>
public sealed partial class PartSection(IStringLocalizer<CaseText> texts, CaseParts parts) : IDisposable
{
    const int MinutesPerHour = 60;
    const double UsualHours = 8;
    readonly CancellationTokenSource _closing = new();
    PartStep? _step;
    CaseRefusal? _refusal;
    string? _note, _department;
    double? _hours;
    int _number;
    bool _isCalling, _isBusy;

    [Parameter, EditorRequired]
    public required CaseState State { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<CasePart> Parts { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Code, string Name)> Departments { get; set; }

    /// <summary>The caller may call departments to this case.</summary>
    [Parameter]
    public bool MayCall { get; set; }

    /// <summary>The moment it is looked at.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    /// <summary>A part was called or has taken a step.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    IStringLocalizer<CaseText> Text => texts;
    bool CanCall => MayCall && PartSteps.IsCalledAt(State.Stage);

    public void Dispose() => _closing.Cancel();

    IEnumerable<PartStep> StepsOf(CasePart part) => PartSteps.All.Where(step => step.From.Contains(part.State) && (step.IsOfCalled ? part.IsMine : MayCall));

    string NameOf(string code) => Departments.FirstOrDefault(one => one.Code == code).Name ?? code;

    void Choose(int number, PartStep step)
    {
        Close();
        (_number, _step) = (number, step);
    }

    void Begin()
    {
        Close();
        (_isCalling, _hours) = (true, UsualHours);
    }

    void Close() => (_step, _isCalling, _refusal, _note, _department) = (null, false, null, null, "");

    Task Take() => Send(() => parts.Step(State.Fid, _number, _step!.Id, _note, _closing.Token));

    Task Call() => Send(() => parts.Call(State.Fid, new(_department ?? "", _note ?? "", (int)Math.Round((_hours ?? 0) * MinutesPerHour)), _closing.Token));

    // What was typed stays where it is refused.
    async Task Send(Func<Task<PartOutcome>> send)
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            _refusal = (await send()).Refusal;
        }
        finally
        {
            _isBusy = false;
        }
        if (_refusal is not null)
            return;
        Close();
        await OnChanged.InvokeAsync();
    }
}
