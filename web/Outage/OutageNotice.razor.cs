using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Outage;

/// <summary>Says over every page that the database is away, for as long as it is.</summary>
public sealed partial class OutageNotice(DatabaseOutage outage, IStringLocalizer<UiText> texts) : ComponentBase, IDisposable
{
    DatabaseOutage Outage => outage;
    IStringLocalizer<UiText> Text => texts;

    public void Dispose() => outage.Changed -= Show;

    protected override void OnInitialized() => outage.Changed += Show;

    void Show() => _ = InvokeAsync(StateHasChanged);
}
