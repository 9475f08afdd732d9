using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Npgsql;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>Everything in an area by layer and major class; numbers fill in as they come, and counting can be stopped.</summary>
public sealed partial class AreaContents(IStringLocalizer<FeatureText> texts, AreaCounts counts) : IDisposable
{
    readonly Dictionary<string, AreaCount> _counts = [];
    CancellationTokenSource _counting = new();
    string? _code;
    string? _fault;
    bool _isBusy;

    /// <summary>Code of a district, subdistrict, community or unit grid.</summary>
    [Parameter, EditorRequired]
    public required string Code { get; set; }

    IStringLocalizer<FeatureText> Text => texts;
    IEnumerable<AreaCount> Shown => _counts.Values.Where(one => one.Total.Number > 0).OrderBy(one => one.Layer.Style.Order);

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose()
    {
        _code = null;
        _counting.Cancel();
    }

    protected override Task OnParametersSetAsync()
    {
        if (_code == Code)
            return Task.CompletedTask;
        _code = Code;
        return Count();
    }

    async Task Count()
    {
        await _counting.CancelAsync();
        var mine = _counting = new();
        (_isBusy, _fault) = (true, null);
        _counts.Clear();
        try
        {
            await foreach (var one in counts.Of(Code, mine.Token))
            {
                if (mine != _counting)
                    return;
                _counts[one.Layer.Id] = one;
                StateHasChanged();
            }
            Finish(mine, null);
        }
        catch (OperationCanceledException)
        {
            Finish(mine, Text["CountingStopped"]);
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            Finish(mine, Text["CountingFailed"]);
        }
    }

    // A count that was given up for another area has nothing to say any more.
    void Finish(CancellationTokenSource mine, string? fault)
    {
        if (mine != _counting || _code is null)
            return;
        (_isBusy, _fault) = (false, fault);
        StateHasChanged();
    }

    Task Stop() => _counting.CancelAsync();

    static string Written(MatchCount count) => (count.IsExact ? "" : "≈ ") + count.Number.ToString("#,0", CultureInfo.CurrentCulture);

    static string Share(MatchCount count, AreaCount of) => (100.0 * count.Number / Math.Max(1, of.Majors.Max(one => one.Count.Number))).ToString("0.#", CultureInfo.InvariantCulture);
}
