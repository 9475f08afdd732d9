using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Access;

/// <summary>Chooses where somebody may see: the whole city, or areas of the spine and departments, each with all that lies below it.</summary>
public sealed partial class ScopeChooser(IStringLocalizer<AccessText> texts, SpineTree spine, ScopeTitles titles) : IDisposable
{
    static readonly Dictionary<string, string> s_levels = new()
    {
        ["districts"] = "district", ["subdistricts"] = "subdistrict", ["communities"] = "community", ["unit_grids"] = "grid", ["departments"] = "department",
    };

    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<SpineNode> _path = [], _below = [], _departments = [];
    IReadOnlyList<(string Code, string Title)> _titles = [];
    SortedSet<string> _codes = new(StringComparer.Ordinal);

    [Parameter, EditorRequired]
    public required JurisdictionScope Scope { get; set; }

    [Parameter]
    public EventCallback<JurisdictionScope> ScopeChanged { get; set; }

    [Parameter]
    public bool WholeCity { get; set; }

    [Parameter]
    public EventCallback<bool> WholeCityChanged { get; set; }

    IStringLocalizer<AccessText> Text => texts;

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync()
    {
        _departments = await spine.Departments(_closing.Token);
        await Go(null);
    }

    protected override async Task OnParametersSetAsync()
    {
        _codes = new(ScopeCodes.Of(Scope), StringComparer.Ordinal);
        _titles = await titles.Of(Scope, _closing.Token);
    }

    async Task Go(string? code)
    {
        _path = code is null ? [] : await spine.PathTo(code, _closing.Token);
        _below = await spine.Below(code, _closing.Token);
    }

    static string CodeOf(SpineNode node) => $"{s_levels[node.LayerId]}:{node.Code}";

    Task Take(string code, bool isTaken)
    {
        var codes = isTaken ? _codes.Append(code) : _codes.Where(one => one != code);
        return ScopeChanged.InvokeAsync(ScopeCodes.Parse(codes));
    }
}
