using System.Globalization;
using CityOps.Gis.Features;
using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>The figures beside a heat map: total, legend, hot-spot statistics, the chosen cell, charts and the largest cells.</summary>
public sealed partial class AnalysisPanel(IStringLocalizer<UiText> texts, IStringLocalizer<AnalysisText> words)
{
    [Parameter, EditorRequired]
    public AnalysisResult? Result { get; set; }

    /// <summary>Why there is no result.</summary>
    [Parameter]
    public string? Sentence { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>Only what is counted and its total are shown.</summary>
    [Parameter]
    public bool IsFolded { get; set; }

    [Parameter]
    public EventCallback<bool> IsFoldedChanged { get; set; }

    /// <summary>Number of the chosen cell in the answer.</summary>
    [Parameter]
    public int? Cell { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Parameter]
    public EventCallback<int> OnCell { get; set; }

    IStringLocalizer<UiText> Text => texts;
    IStringLocalizer<AnalysisText> Words => words;

    static string Whole(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    static string Change(long now, long before) => before == 0 ? "–" : ((double)now / before - 1).ToString("+0.0%;−0.0%;0%", CultureInfo.CurrentCulture);

    static IEnumerable<(string Color, string Name)> Legend(HeatAnswer answer)
        => answer.Spots is not null
            ? HeatLegend.Spots.Select((color, at) => (color, HeatTitles.Spots(at - 3).In(UiLanguage.Current))).Reverse()
            : answer.Legend.Colors.Select((color, at) => (color, HeatTitles.Range(answer.Legend, at))).Where(one => one.Item2.Length > 0 || answer.Legend.Colors.Count == 1);

    IEnumerable<(string Title, IReadOnlyList<(string Name, long Count)> Counts)> Bars(AnalysisResult result)
    {
        if (result.ByClass.Count > 1)
            yield return (words["ByClass"], result.ByClass);
        if (result.ByDistrict.Count > 1)
            yield return (Text["ByDistrict"], [.. result.ByDistrict.Select(one => (one.Name == Jurisdiction.NoDistrict ? Text["OutsideDistricts"].Value : one.Name, one.Count))]);
        if (result.ByDepartment.Count > 1)
            yield return (Text["ByDepartment"], [.. result.ByDepartment.Select(one => (one.Name.Length > 0 ? one.Name : Text["NoDepartment"].Value, one.Count))]);
    }

    static IReadOnlyList<(string Name, long Count)> Labelled(HeatSlice kind, IReadOnlyList<(string Name, long Count)> counts)
        => kind != HeatSlice.Weekday ? counts : [.. counts.Select(one => (CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)(int.Parse(one.Name, CultureInfo.InvariantCulture) % 7)), one.Count))];

    string Name(HeatAnswer answer, int cell)
    {
        if (answer.Lattice is null)
            return answer.AreaOf(cell) is >= 0 and var area && answer.Areas!.Names[area] is { Length: > 0 } name ? name : answer.Codes[cell].Length > 0 ? answer.Codes[cell] : Text["NoDepartment"];
        return answer.Centre(cell) is var (longitude, latitude) ? string.Create(CultureInfo.InvariantCulture, $"{latitude:0.0000}, {longitude:0.0000}") : answer.Id(cell);
    }

    static string Value(HeatAnswer answer, int cell) => answer.Spots is { } spots ? spots.Z[cell].ToString("0.00", CultureInfo.CurrentCulture) : double.IsNaN(answer.Values[cell]) ? "–" : HeatTitles.Number(answer.Values[cell]);

    IEnumerable<(string Name, string Value)> Facts(HeatAnswer answer, int cell)
    {
        yield return (Text["CountHead"], Whole(answer.Counts[cell]));
        if (answer.Counts2.Length > 0)
            yield return (Text["CountBefore"], Whole(answer.Counts2[cell]));
        yield return (Text["ValueHead"], double.IsNaN(answer.Values[cell]) ? "–" : HeatTitles.Number(answer.Values[cell]));
        if (answer.Spots is not { } spots || double.IsNaN(spots.Z[cell]))
            yield break;
        yield return ("Gi* z", spots.Z[cell].ToString("0.00", CultureInfo.CurrentCulture));
        yield return ("p", spots.P[cell].ToString("0.0000", CultureInfo.CurrentCulture));
        yield return (Text["Confidence"], HeatTitles.Spots(spots.Spot(cell)).In(UiLanguage.Current));
    }
}
