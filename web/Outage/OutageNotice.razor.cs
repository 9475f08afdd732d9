using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Outage;

/// <summary>Says over every page that the database is away, for as long as it is.</summary>
public sealed partial class OutageNotice(DatabaseOutage outage, IStringLocalizer<UiText> texts) : ComponentBase, IDisposable
{
    ExecutionContext? _flow;

    DatabaseOutage Outage => outage;
    IStringLocalizer<UiText> Text => texts;

    public void Dispose() => outage.Changed -= Show;

    protected override void OnInitialized()
    {
        _flow = ExecutionContext.Capture();
        outage.Changed += Show;
    }

    // The news come on the watch's thread, which knows neither the reader's language nor the caller.
    void Show() => ExecutionContext.Run(_flow!, _ => InvokeAsync(StateHasChanged), null);
}
