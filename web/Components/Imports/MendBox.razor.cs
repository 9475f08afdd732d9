using System.Globalization;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>What waits in quarantine, and the ways out: send what was mended here, or take the rows away, mend them elsewhere and bring them back.</summary>
public sealed partial class MendBox(IStringLocalizer<ImportText> texts)
{
    [Parameter, EditorRequired]
    public required Batch Batch { get; set; }

    /// <summary>Refused rows by state.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, long> Counts { get; set; }

    [Parameter]
    public EventCallback OnSend { get; set; }

    /// <summary>A mended file was brought; its job's number.</summary>
    [Parameter]
    public EventCallback<long> OnUploaded { get; set; }

    IStringLocalizer<ImportText> Text => texts;

    long Count(string state) => Counts.GetValueOrDefault(state);

    string Number(string state) => Count(state).ToString("N0", CultureInfo.CurrentCulture);
}
