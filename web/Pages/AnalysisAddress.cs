using System.Globalization;
using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Queries;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// The state of the analysis page as its address holds it: <c>/analysis?layer=components&amp;cell=square&amp;size=500&amp;measure=density&amp;district=350203&amp;against=year</c>;
/// the parameters of cells and measures are those of <c>/heat</c>.
/// </summary>
/// <param name="Heat">Cells, measure and hot spots, and of the features their classes; the rest of its question is empty.</param>
/// <param name="Question">Area, department and period.</param>
/// <param name="Against">What it is compared with; periods only where the question's has both ends.</param>
public sealed record AnalysisAddress(string LayerId, HeatQuestion Heat, MapQuestion Question, AnalysisAgainst Against, MapViewport? At)
{
    static readonly string[] Own = ["cell", "size", "measure", "field", "per", "perclass", "hotspots", "neighbours", "class", "breaks"];

    /// <summary>The other layer of <see cref="AnalysisAgainst.Layer"/>.</summary>
    public string? Layer2 { get; init; }

    /// <summary>First day of the other period of <see cref="AnalysisAgainst.Own"/>, and the day after its last, Beijing time.</summary>
    public DateOnly? From2 { get; init; }
    public DateOnly? To2 { get; init; }

    /// <summary>What fixes the classes; of no meaning where breaks are given.</summary>
    public AnalysisClasses Classes { get; init; }

    /// <summary>How a comparison is shown.</summary>
    public AnalysisView View { get; init; }

    /// <summary>Null = time is not cut.</summary>
    public AnalysisStep? Step { get; init; }

    /// <summary>Id of the cell whose figures are shown; null = none.</summary>
    public string? Chosen { get; init; }

    public bool IsSideBySide => Against != AnalysisAgainst.None && View == AnalysisView.Side;

    /// <summary>Reads an address; what cannot be read has its default, an unknown layer is that of <paramref name="usual"/>.</summary>
    public static AnalysisAddress Parse(string uri, LayerCatalog catalog, LayerDefinition usual)
    {
        var parameters = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => parameters.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value.ToString() : null;
        var layer = Text("layer") is { } id && catalog.Find(id) is { Geometry: not GeometryKind.None } asked ? asked : usual;
        var (heat, faults) = HeatQuestionText.Parse(layer, Own.Select(name => KeyValuePair.Create(name, Text(name) ?? "")).Where(one => one.Value.Length > 0));
        return new(layer.Id, faults.Count == 0 && !HeatRules.Misfits(heat, catalog).Any() ? heat : new(new(layer.Id)), MapQuestion.Parse(parameters),
            OneOf<AnalysisAgainst>(Text("against")), MapViewport.TryParse(Text("at")))
        {
            Layer2 = Text("layer2") is { } other && catalog.Find(other) is { Geometry: not GeometryKind.None } ? other : null,
            From2 = Day(Text("from2")), To2 = Day(Text("to2")) is { } to && to > Day(Text("from2")) ? to : null, Classes = OneOf<AnalysisClasses>(Text("quantiles")),
            View = OneOf<AnalysisView>(Text("view")), Step = AnalysisStep.TryParse(Text("step")), Chosen = Text("chosen"),
        };
    }

    /// <summary>The whole question, as <c>/heat</c> answers it; side by side that of the first map.</summary>
    public HeatQuestion Of(LayerDefinition layer)
        => Against == AnalysisAgainst.None
            ? Step is null ? Plain(layer) : Plain(layer) with { Slice = Step.Slice is null ? HeatSlice.None : Step.Kind, At = Step.Slice }
            : IsSideBySide ? Plain(layer) : Compared(Plain(layer)) with { Breaks = [] };

    /// <summary>The question of the second map; null where there is none.</summary>
    public HeatQuestion? Second(LayerDefinition layer)
        => IsSideBySide && Compared(Plain(layer)) is { Query2: { } query } ? Plain(layer) with { Query = query } : null;

    /// <summary>Does a comparison lack its second side? Periods need both their days, layers another layer.</summary>
    public bool LacksSecond(LayerDefinition layer) => Against != AnalysisAgainst.None && Compared(Plain(layer)).Compare == HeatComparison.None;

    /// <summary>
    /// The question whose cells fix the classes of the one that is asked: the layer's whole city, cut and measured alike. Null where the asked one fixes them itself, as it
    /// must where hot spots or changes are coloured.
    /// </summary>
    public HeatQuestion? Fixing(HeatQuestion asked)
        => Classes == AnalysisClasses.City && asked is { Breaks.Count: 0, Hotspots: null, Compare: HeatComparison.None } && asked.Query != new FeatureQuery(asked.Query.LayerId)
            ? asked with { Query = new(asked.Query.LayerId) }
            : null;

    HeatQuestion Plain(LayerDefinition layer) => Heat with { Query = Question.Of(layer) with { Classes = Heat.Query.Classes } };

    HeatQuestion Compared(HeatQuestion plain)
    {
        var both = plain with { Compare = View == AnalysisView.Ratio ? HeatComparison.Ratio : HeatComparison.Difference };
        return (Against, plain.Query) switch
        {
            (AnalysisAgainst.Layer, _) when Layer2 is not null && Layer2 != LayerId => both with { Layer2 = Layer2 },
            (AnalysisAgainst.Own, { From: not null, To: not null }) when From2 is { } from2 && To2 is { } to2 => both with { From2 = MapQuestion.Start(from2), To2 = MapQuestion.Start(to2) },
            (AnalysisAgainst.Before or AnalysisAgainst.Year, { From: { } from, To: { } to }) => both with { From2 = Earlier(from, from, to), To2 = Earlier(to, from, to) },
            _ => plain,
        };
    }

    public override string ToString()
    {
        var parts = new List<string> { $"layer={LayerId}", HeatQuestionText.Format(Heat) };
        if (!Question.IsWhole)
            parts.Add(Question.ToString());
        if (Against != AnalysisAgainst.None)
            parts.Add("against=" + HeatQuestionText.Name(Against));
        if (Against == AnalysisAgainst.Layer && Layer2 is not null)
            parts.Add("layer2=" + Layer2);
        if (Against == AnalysisAgainst.Own && From2 is { } from2)
            parts.Add($"from2={from2:yyyy-MM-dd}");
        if (Against == AnalysisAgainst.Own && To2 is { } to2)
            parts.Add($"to2={to2:yyyy-MM-dd}");
        if (Classes != AnalysisClasses.City)
            parts.Add("quantiles=" + HeatQuestionText.Name(Classes));
        if (Against != AnalysisAgainst.None && View != AnalysisView.Difference)
            parts.Add("view=" + HeatQuestionText.Name(View));
        if (Step is not null)
            parts.Add($"step={Step}");
        if (Chosen is not null)
            parts.Add("chosen=" + Uri.EscapeDataString(Chosen));
        if (At is not null)
            parts.Add($"at={At}");
        return "/analysis?" + string.Join('&', parts);
    }

    static T OneOf<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one : default;

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    DateTimeOffset Earlier(DateTimeOffset time, DateTimeOffset from, DateTimeOffset to) => Against == AnalysisAgainst.Year ? time.AddYears(-1) : time - (to - from);
}
