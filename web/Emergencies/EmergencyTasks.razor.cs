using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>One message to many departments, grids and single people at once, and what became of the tasks that were sent.</summary>
public sealed partial class EmergencyTasks(IStringLocalizer<CommandText> texts, CommandDesk desk, EmergencyPeople people) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    readonly Dictionary<(string Kind, string Code), Addressee> _to = [];
    CaseRefusal? _refusal;
    Guid _message = Guid.NewGuid();
    IReadOnlyList<Addressee>? _found;
    string? _said, _name;
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

    /// <summary>Who was seen in the area lately by his phone.</summary>
    [Parameter]
    public IReadOnlyList<OfficerPosition> Officers { get; set; } = [];

    [Parameter]
    public EventCallback OnChanged { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    // A unit grid stands for those who look after it.
    IEnumerable<Addressee> Grids => People.Where(one => one.Grids.Count > 0).Select(one => new Addressee(Addressee.Grid, one.Grids[0], $"{one.Name ?? one.Code}{(one.Worker is { } worker ? $" {worker}" : "")}")).DistinctBy(one => one.Code);

    // Who is chosen stays in sight whatever is looked for next.
    IEnumerable<Addressee> Shown => _to.Values.Where(one => one.Kind == Addressee.Person).Concat(_found ?? []).DistinctBy(one => one.Code);

    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        if (Emergency.IsOpen)
            _found = await people.Find(Emergency.Id, null, _closing.Token);
    }

    // Of two answers that overtake each other the one to the last letter stands.
    async Task FindPeople(string? name)
    {
        _name = name;
        var found = await people.Find(Emergency.Id, name, _closing.Token);
        if (name == _name)
            _found = found;
    }

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
    async Task Send()
    {
        (_isBusy, _refusal) = (true, null);
        try
        {
            _refusal = (await desk.Send(Emergency.Id, _said ?? "", [.. _to.Values], _message, _closing.Token)).Refusal;
        }
        finally
        {
            _isBusy = false;
        }
        if (_refusal is null)
        {
            _to.Clear();
            (_said, _message) = (null, Guid.NewGuid());
        }
        await OnChanged.InvokeAsync();
    }
}
