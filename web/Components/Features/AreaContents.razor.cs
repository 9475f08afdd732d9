using System.Globalization;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>Everything in an area by layer and major class; numbers fill in as they come, and counting can be stopped.</summary>
public sealed partial class AreaContents(IStringLocalizer<FeatureText> texts, AreaCounts counts) : IDisposable
{
    readonly Dictionary<string, AreaCount> _counts = [];
    readonly Answering _answering = new();
    string? _code;

    /// <summary>Code of a district, subdistrict, community or unit grid.</summary>
    [Parameter, EditorRequired]
    public required string Code { get; set; }

    IStringLocalizer<FeatureText> Text => texts;
    IEnumerable<AreaCount> Shown => _counts.Values.Where(one => one.Total.Number > 0).OrderBy(one => one.Layer.Style.Order);

    public void Dispose() => _answering.Dispose();

    protected override Task OnParametersSetAsync()
    {
        if (_code == Code)
            return Task.CompletedTask;
        _code = Code;
        return Count();
    }

    Task Count()
    {
        _counts.Clear();
        return _answering.Ask(async cancel =>
        {
            await foreach (var one in counts.Of(Code, cancel))
            {
                cancel.ThrowIfCancellationRequested();
                _counts[one.Layer.Id] = one;
                StateHasChanged();
            }
        });
    }

    static string Written(MatchCount count) => (count.IsExact ? "" : "≈ ") + count.Number.ToString("#,0", CultureInfo.CurrentCulture);

    static string Share(MatchCount count, AreaCount of) => (100.0 * count.Number / Math.Max(1, of.Majors.Max(one => one.Count.Number))).ToString("0.#", CultureInfo.InvariantCulture);
}
