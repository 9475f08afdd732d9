using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>Tasks of emergencies that wait for the caller, as a person, of a department or in his grids; nothing on an everyday. Follows what others do.</summary>
public sealed partial class EmergencyDuties(IStringLocalizer<CommandText> texts, EmergencyList emergencies, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<EmergencyDuty> _duties = [];

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    public void Dispose() => _closing.Cancel();

    protected override Task OnInitializedAsync() => Rounds.Once(Look, _closing.Token);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _ = Rounds.Look(InvokeAsync, Interval, clock, Look, _closing.Token);
    }

    async Task Look()
    {
        using var _ = (Caller ?? Gis.Access.Caller.Current).Enter();
        var duties = await emergencies.Mine(_closing.Token);
        if (duties.SequenceEqual(_duties))
            return;
        _duties = duties;
        StateHasChanged();
    }
}
