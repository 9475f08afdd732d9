using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>One message to many departments and grids at once, and what became of the tasks that were sent.</summary>
public sealed partial class EmergencyTasks(IStringLocalizer<CommandText> texts, CommandDesk desk, CaseWords words) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    readonly Dictionary<(string Kind, string Code), Addressee> _to = [];
    CaseRefusal? _refusal;
    Guid _message = Guid.NewGuid();
    string? _said, _answer;
    int? _answered, _refused;
    bool _isBusy;

    [Parameter, EditorRequired]
    public required Emergency Emergency { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<EmergencyTask> Tasks { get; set; }

    /// <summary>Who looks after the grids of the area.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<GridStaff> People { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Code, string Name)> Departments { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    // A unit grid stands for those who look after it.
    IEnumerable<Addressee> Grids => People.Where(one => one.Grids.Count > 0).Select(one => new Addressee(Addressee.Grid, one.Grids[0], $"{one.Name ?? one.Code}{(one.Worker is { } worker ? $" {worker}" : "")}")).DistinctBy(one => one.Code);

    public void Dispose() => _closing.Cancel();

    void Choose(Addressee one, bool isChosen)
    {
        if (isChosen)
            _to[(one.Kind, one.Code)] = one;
        else
            _to.Remove((one.Kind, one.Code));
    }

    void ChooseAll(bool isChosen)
    {
        foreach (var one in Grids.ToList())
            Choose(one, isChosen);
    }

    // What was typed stays where it is refused; sent again it comes once.
    Task Send() => Change(null, () => desk.Send(Emergency.Id, _said ?? "", [.. _to.Values], _message, _closing.Token), () =>
    {
        _to.Clear();
        (_said, _message) = (null, Guid.NewGuid());
    });

    Task Answer(EmergencyTask task, string state, string? said) => Change(task.Number, () => desk.Answer(Emergency.Id, task, state, said, _closing.Token), () =>
    {
        if (_answered == task.Number)
            Open(null);
    });

    // What was begun for one task is not said of another.
    void Open(int? task) => (_answered, _answer) = (task, null);

    static string Answered(string by, string? answer) => answer is null ? by : UiLanguage.Headed(by, answer);

    async Task Change(int? task, Func<Task<CommandOutcome>> change, Action done)
    {
        (_isBusy, _refusal, _refused) = (true, null, task);
        try
        {
            _refusal = (await change()).Refusal;
        }
        finally
        {
            _isBusy = false;
        }
        if (_refusal is null)
            done();
        await OnChanged.InvokeAsync();
    }
}
