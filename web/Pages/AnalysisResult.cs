using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Tiles.Heat;

namespace CityOps.Gis.Web.Pages;

/// <summary>What the analysis page shows of an answer.</summary>
/// <param name="Cells">Number in <paramref name="Answer"/> of the cells with the largest values, or the surest hot spots, best first.</param>
/// <param name="Second">The second map's answer; null where there is one map.</param>
/// <param name="ByClass">Features by class, most first.</param>
/// <param name="ByDistrict">Features by district, most first.</param>
/// <param name="Slices">Features by hour, weekday and month, by day where time is cut so; empty for a layer without a time.</param>
public sealed record AnalysisResult(
    HeatAnswer Answer, HeatAnswer? Second, IReadOnlyList<int> Cells, IReadOnlyList<(string Name, long Count)> ByClass, IReadOnlyList<(string Name, long Count)> ByDistrict,
    IReadOnlyList<(string Name, long Count)> ByDepartment, IReadOnlyList<(HeatSlice Kind, IReadOnlyList<(string Name, long Count)> Counts)> Slices)
{
    /// <summary>Most cells and bars that are listed.</summary>
    public const int Most = 50, MostBars = 12;

    static readonly HeatSlice[] Cuts = [HeatSlice.Month, HeatSlice.Weekday, HeatSlice.Hour];

    /// <summary>Address of the whole answer in another form.</summary>
    public string Url(string format) => $"/heat/{Answer.Layer.Id}?{HeatQuestionText.Format(Answer.Question)}&f={format}";

    /// <summary>Works out everything for a question; each figure is a question of its own, so they agree by construction.</summary>
    /// <exception cref="HeatRefusedException">The question cannot be answered.</exception>
    public static async Task<AnalysisResult> Of(HeatAnswers answers, PartCounts parts, AnalysisAddress address, LayerDefinition layer, CancellationToken cancel)
    {
        var question = address.Of(layer);
        var answer = await Ask(answers, await Classified(answers, address, question, cancel), cancel);
        var second = address.Second(layer) is { } other ? await Ask(answers, await Classified(answers, address, InClassesOf(answer, other), cancel), cancel) : null;
        var byClass = (await parts.ByClass(layer, question.Query, cancel)).Take(MostBars).Select(one => (one.Part.Name, one.Count.Number)).ToList();
        var plain = new HeatQuestion(question.Query);
        var districts = await Ask(answers, plain with { Cell = HeatCellKind.District }, cancel);
        var departments = await Ask(answers, plain with { Cell = HeatCellKind.Department }, cancel);
        var slices = new List<(HeatSlice, IReadOnlyList<(string, long)>)>();
        if (layer.Find("occurred_at") is not null)
            foreach (var kind in address.Step is { Kind: HeatSlice.Day } ? [.. Cuts, HeatSlice.Day] : Cuts)
                slices.Add((kind, Summed(await Ask(answers, plain with { Cell = HeatCellKind.District, Slice = kind }, cancel), kind)));
        return new(answer, second, Best(answer), byClass, Named(districts), Named(departments), slices);
    }

    /// <summary>Names of the slices that are shown one after the other, those without features between the first and the last too.</summary>
    public IReadOnlyList<string> SlicesOf(HeatSlice kind) => kind switch
    {
        HeatSlice.Hour => [.. Enumerable.Range(0, 24).Select(hour => HeatSlices.Name(kind, hour))],
        HeatSlice.Weekday => [.. Enumerable.Range(1, 7).Select(day => HeatSlices.Name(kind, day))],
        _ => Slices.FirstOrDefault(one => one.Kind == kind).Counts is { Count: > 0 } counts && HeatSlices.Parse(kind, counts[0].Name) is { } first && HeatSlices.Parse(kind, counts[^1].Name) is { } last
            ? [.. Enumerable.Range(first, last - first + 1).Select(slice => HeatSlices.Name(kind, slice))]
            : [],
    };

    // Who filters sees the same colours for the same numbers. Answers are kept, so the whole city is worked out once.
    static async Task<HeatQuestion> Classified(HeatAnswers answers, AnalysisAddress address, HeatQuestion asked, CancellationToken cancel)
        => address.Fixing(asked) is { } whole ? asked with { Breaks = (await Ask(answers, whole, cancel)).Legend.Breaks } : asked;

    // Two periods of a layer are told apart by one legend.
    static HeatQuestion InClassesOf(HeatAnswer first, HeatQuestion second)
        => second.Hotspots is null && second.Breaks.Count == 0 && second.Query.LayerId == first.Layer.Id && first.Legend.Breaks.Count > 0 ? second with { Breaks = first.Legend.Breaks } : second;

    static async Task<HeatAnswer> Ask(HeatAnswers answers, HeatQuestion question, CancellationToken cancel)
        => await answers.Answer(await answers.Plan(question, cancel), cancel);

    static List<int> Best(HeatAnswer answer)
    {
        double Rank(int cell) => answer.Spots is { } spots ? spots.Z[cell] : answer.Question.Compare == HeatComparison.None ? answer.Values[cell] : Math.Abs(answer.Values[cell]);
        return [.. Enumerable.Range(0, answer.Length).Where(cell => !double.IsNaN(Rank(cell))).OrderByDescending(Rank).ThenBy(cell => cell).Take(Most)];
    }

    static List<(string, long)> Named(HeatAnswer answer)
        => [.. Enumerable.Range(0, answer.Length).OrderByDescending(cell => answer.Counts[cell]).Take(MostBars)
            .Select(cell => (answer.AreaOf(cell) is >= 0 and var area && answer.Areas!.Names[area] is { } name ? name : answer.Codes[cell], answer.Counts[cell]))];

    static List<(string, long)> Summed(HeatAnswer answer, HeatSlice kind)
    {
        var sums = new SortedDictionary<int, long>();
        if (answer.Slices is { } slices)
            for (var at = 0; at < slices.Slices.Length; at++)
                if (slices.Slices[at] != HeatSlices.Timeless)
                    sums[slices.Slices[at]] = sums.GetValueOrDefault(slices.Slices[at]) + slices.Counts[at];
        return [.. sums.Select(one => (HeatSlices.Name(kind, one.Key), one.Value))];
    }
}
