using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>Says over every page that an emergency is on that the caller has to do with, and leads to its command view.</summary>
public sealed partial class EmergencyBanner(OpenEmergencies emergencies, IStringLocalizer<CommandText> texts)
{
    IReadOnlyList<Emergency> _open = [];

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    protected override Task OnInitializedAsync() => LookNow();

    // Where nothing has changed nothing is drawn.
    protected override async Task Look()
    {
        if (Caller?.May(Permission.View) != true)
            return;
        using var _ = Caller.Enter();
        var open = await emergencies.Now(Closing);
        if (open.SequenceEqual(_open))
            return;
        _open = open;
        StateHasChanged();
    }
}
