using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Views;

/// <summary>Chooses a person's grids by walking through the spine: single unit grids, or communities, which stand for all their grids.</summary>
public sealed partial class GridChooser(IStringLocalizer<ViewText> texts, SpineTree spine, OwnGrids own) : IDisposable
{
    /// <summary>Digits of a community's code, with which the codes of its grids begin.</summary>
    const int CommunityDigits = 12;

    readonly CancellationTokenSource _closing = new();
    SortedSet<string> _chosen = new(StringComparer.Ordinal);
    IReadOnlyList<SpineNode> _path = [];
    IReadOnlyList<SpineNode>? _below;
    string? _fault;

    /// <summary>Codes that are chosen now.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Chosen { get; set; }

    /// <summary>The codes that shall be kept; null = those of before.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<string>?> OnKept { get; set; }

    IStringLocalizer<ViewText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override Task OnInitializedAsync()
    {
        _chosen = new(Chosen, StringComparer.Ordinal);
        return Go(Chosen.FirstOrDefault() is { Length: >= CommunityDigits } first ? first[..CommunityDigits] : null);
    }

    async Task Go(string? code)
    {
        _path = code is null ? [] : await spine.PathTo(code, _closing.Token);
        // A city of one district, or of one street, begins where there is something to choose.
        _below = await spine.Below(_path.LastOrDefault()?.Code, _closing.Token);
    }

    static bool CanChoose(SpineNode one) => one.LayerId is "communities" or "unit_grids";

    bool IsWithin(SpineNode one) => one.LayerId == "unit_grids" && _chosen.Contains(one.Code[..CommunityDigits]);

    bool IsChosen(SpineNode one) => _chosen.Contains(one.Code) || IsWithin(one);

    // A community that is chosen takes the place of its grids.
    void Choose(SpineNode one, bool isChosen)
    {
        _fault = null;
        if (isChosen && one.LayerId == "communities")
            _chosen.RemoveWhere(code => code.StartsWith(one.Code, StringComparison.Ordinal));
        if (isChosen)
            _chosen.Add(one.Code);
        else
            _chosen.Remove(one.Code);
    }

    async Task Keep()
    {
        string[] codes = [.. _chosen];
        var grids = await own.Count(codes, _closing.Token);
        if (grids is 0 or > OwnGrids.MostGrids)
            _fault = grids == 0 ? Text["NoGridsThere"] : Text["TooManyGrids", OwnGrids.MostGrids];
        else
            await OnKept.InvokeAsync(codes);
    }
}
