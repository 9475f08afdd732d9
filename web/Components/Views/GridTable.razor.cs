using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Views;

/// <summary>The numbers of the day, a row for each grid and one for all of them; what is still being counted shows a dot, what a layer cannot tell a dash with its reason.</summary>
public sealed partial class GridTable(IStringLocalizer<ViewText> texts)
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<SpineNode> Grids { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<GridColumn> Columns { get; set; }

    /// <summary>By layer id and grid code; a layer that is still being counted is absent.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, long[]>> Figures { get; set; }

    /// <summary>Code of the grid that the map marks.</summary>
    [Parameter]
    public string? Marked { get; set; }

    [Parameter]
    public EventCallback<string> OnMark { get; set; }

    IStringLocalizer<ViewText> Text => texts;

    string? Reason(GridColumn column) => column.IsEmpty ? Text["LayerEmpty", column.Layer.Title.In(UiLanguage.Current)].Value : null;

    long? Of(SpineNode grid, GridColumn column) => Figures.TryGetValue(column.Layer.Id, out var known) ? known.GetValueOrDefault(grid.Code)?[column.At] ?? 0 : null;

    long? Sum(GridColumn column) => Figures.ContainsKey(column.Layer.Id) ? Grids.Sum(grid => Of(grid, column)) : null;

    static string Written(GridColumn column, long? number) => column.IsEmpty ? "—" : number?.ToString("#,0", CultureInfo.CurrentCulture) ?? "·";
}
