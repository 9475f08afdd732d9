using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>Tasks of emergencies that wait for the caller, as a person, of a department or in his grids; nothing on an everyday. Follows what others do.</summary>
public sealed partial class EmergencyDuties(IStringLocalizer<CommandText> texts, EmergencyList emergencies)
{
    IReadOnlyList<EmergencyDuty> _duties = [];

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override Task OnInitializedAsync() => LookNow();

    protected override async Task Look()
    {
        using var _ = (Caller ?? Gis.Access.Caller.Current).Enter();
        var duties = await emergencies.Mine(Closing);
        if (duties.SequenceEqual(_duties))
            return;
        _duties = duties;
        StateHasChanged();
    }
}
