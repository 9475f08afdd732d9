using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.PostGis.Emergencies;
using CityOps.Gis.PostGis.Patrols;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>Who and what is in the area of an emergency: counts, the cases that are due first, those who look after its grids, components by class.</summary>
public sealed partial class EmergencySituation(IStringLocalizer<CommandText> texts, NavigationManager navigation, LayerCatalog catalog)
{
    const int MostShown = 20;

    [Parameter, EditorRequired]
    public required AreaFigures? Figures { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<CaseTask> Cases { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<GridStaff> People { get; set; }

    /// <summary>Those of the grid staff who are there by their phones.</summary>
    [Parameter]
    public IReadOnlyList<OfficerPosition> Officers { get; set; } = [];

    /// <summary>The moment it is looked at.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    IStringLocalizer<CommandText> Text => texts;

    static string Number(long number) => number.ToString("#,0", CultureInfo.CurrentCulture);

    string States(string list, IReadOnlyDictionary<string, long> counts) => string.Join(" · ", counts.Select(one => $"{NameOf(list, one.Key)} {Number(one.Value)}"));

    // Of an edition or another: the first that knows the code.
    string NameOf(string list, string code)
        => code == "" ? Text["Unknown"] : catalog.Lists.Find(list)?.Entries.FirstOrDefault(entry => entry.Code == code)?.Name.In(UiLanguage.Current) ?? code;
}
