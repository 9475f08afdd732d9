using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// The state of the analysis page as its address holds it: <c>/analysis?layer=components&amp;cell=square&amp;size=500&amp;measure=density&amp;district=350203&amp;against=year</c>;
/// the parameters of cells and measures are those of <c>/heat</c>.
/// </summary>
/// <param name="Heat">Cells, measure and hot spots, and of the features their classes; the rest of its question is empty.</param>
/// <param name="Question">Area, department and period.</param>
/// <param name="Against">What the period is compared with, where it has both ends.</param>
public sealed record AnalysisAddress(string LayerId, HeatQuestion Heat, MapQuestion Question, AnalysisPeriod Against, MapViewport? At)
{
    static readonly string[] Own = ["cell", "size", "measure", "field", "hotspots", "neighbours", "class"];

    /// <summary>Reads an address; what cannot be read has its default, an unknown layer is that of <paramref name="usual"/>.</summary>
    public static AnalysisAddress Parse(string uri, LayerCatalog catalog, LayerDefinition usual)
    {
        var parameters = QueryHelpers.ParseQuery(new Uri(uri).Query);
        string? Text(string name) => parameters.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value.ToString() : null;
        var layer = Text("layer") is { } id && catalog.Find(id) is { Geometry: not GeometryKind.None } asked ? asked : usual;
        var (heat, faults) = HeatQuestionText.Parse(layer, Own.Select(name => KeyValuePair.Create(name, Text(name) ?? "")).Where(one => one.Value.Length > 0));
        return new(layer.Id, faults.Count == 0 && !HeatRules.Misfits(heat, catalog).Any() ? heat : new(new(layer.Id)), MapQuestion.Parse(parameters),
            Enum.TryParse<AnalysisPeriod>(Text("against"), ignoreCase: true, out var against) && Enum.IsDefined(against) ? against : AnalysisPeriod.None,
            MapViewport.TryParse(Text("at")));
    }

    /// <summary>The whole question, as <c>/heat</c> answers it.</summary>
    public HeatQuestion Of(LayerDefinition layer)
    {
        var query = Question.Of(layer) with { Classes = Heat.Query.Classes };
        var question = Heat with { Query = query };
        return Against != AnalysisPeriod.None && query is { From: { } from, To: { } to }
            ? question with { Compare = HeatComparison.Difference, From2 = Earlier(from, from, to), To2 = Earlier(to, from, to) }
            : question;
    }

    public override string ToString()
    {
        var parts = new List<string> { $"layer={LayerId}", HeatQuestionText.Format(Heat) };
        if (!Question.IsWhole)
            parts.Add(Question.ToString());
        if (Against != AnalysisPeriod.None)
            parts.Add("against=" + HeatQuestionText.Name(Against));
        if (At is not null)
            parts.Add($"at={At}");
        return "/analysis?" + string.Join('&', parts);
    }

    /// <summary>The same state in another language.</summary>
    public string In(string language) => $"{this}&{UiLanguage.QueryKey}={language}";

    DateTimeOffset Earlier(DateTimeOffset time, DateTimeOffset from, DateTimeOffset to) => Against == AnalysisPeriod.Year ? time.AddYears(-1) : time - (to - from);
}
