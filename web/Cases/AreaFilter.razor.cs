using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Chooses an area of the spine, level by level: from the district down to below the one that is chosen.</summary>
public sealed partial class AreaFilter(IStringLocalizer<CaseText> texts, SpineTree spine) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<Level> _areas = [];
    (bool IsRead, string? Code) _shown;

    /// <summary>The areas of a level below one, and the one that is chosen.</summary>
    sealed record Level(string Above, IReadOnlyList<SpineNode> Below, string? Chosen);

    /// <summary>Begins the ids of the fields, unique on the page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>Code of the area that is chosen; null for the whole city.</summary>
    [Parameter]
    public string? Area { get; set; }

    [Parameter]
    public EventCallback<string?> AreaChanged { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    public void Dispose() => _closing.Cancel();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (true, Area))
            return;
        _shown = (true, Area);
        var (path, levels, above) = (Area is null ? [] : await spine.PathTo(Area, _closing.Token), new List<Level>(), (string?)null);
        foreach (var one in path.Select(node => node.Code).Append(null))
        {
            if (await spine.Below(above, _closing.Token) is { Count: > 0 } below)
                levels.Add(new(above ?? "", below, one));
            above = one;
        }
        _areas = levels;
    }

    // "All" of a level is what is chosen above it.
    Task ChooseAt(int level, ChangeEventArgs change) => AreaChanged.InvokeAsync(change.Value as string is { Length: > 0 } code ? code : level == 0 ? null : _areas[level - 1].Chosen);
}
