using System.Globalization;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>A case that is open over the map beside a list.</summary>
public sealed partial class CasePanel(IStringLocalizer<CaseText> texts, CaseHistory history) : IDisposable
{
    /// <summary>Width that it covers at the right of the map, pixels.</summary>
    public const int Pixels = 392;

    readonly CancellationTokenSource _closing = new();
    string? _title;
    long _shown;

    [Parameter, EditorRequired]
    public required long Fid { get; set; }

    /// <summary>The case has moved.</summary>
    [Parameter]
    public EventCallback OnMoved { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    IStringLocalizer<CaseText> Text => texts;
    string MapAddress => string.Create(CultureInfo.InvariantCulture, $"/?feature={CaseTables.LayerId}/{Fid}");

    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Fid)
            return;
        _shown = Fid;
        _title = (await history.Find(Fid, _closing.Token))?.Title ?? Fid.ToString(CultureInfo.InvariantCulture);
    }
}
