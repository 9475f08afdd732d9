using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>Says over every page that an emergency is on that the caller has to do with, and leads to its command view.</summary>
public sealed partial class EmergencyBanner(OpenEmergencies emergencies, IStringLocalizer<CommandText> texts, TimeProvider clock) : ComponentBase, IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<Emergency> _open = [];

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

    // Where nothing has changed nothing is drawn.
    async Task Look()
    {
        if (Caller?.May(Permission.View) != true)
            return;
        using var _ = Caller.Enter();
        var open = await emergencies.Now(_closing.Token);
        if (open.SequenceEqual(_open))
            return;
        _open = open;
        StateHasChanged();
    }
}
