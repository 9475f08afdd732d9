using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Heat;

namespace CityOps.Gis.Web.Pages;

/// <summary>What the analysis page shows of an answer.</summary>
/// <param name="Cells">Number in <paramref name="Answer"/> of the cells with the largest values, or the surest hot spots, best first.</param>
/// <param name="ByDistrict">Features by district, most first.</param>
/// <param name="Slices">Features by hour, weekday and month; empty for a layer without a time.</param>
public sealed record AnalysisResult(
    HeatAnswer Answer, IReadOnlyList<int> Cells, IReadOnlyList<(string Name, long Count)> ByDistrict, IReadOnlyList<(string Name, long Count)> ByDepartment,
    IReadOnlyList<(HeatSlice Kind, IReadOnlyList<(string Name, long Count)> Counts)> Slices)
{
    /// <summary>Most cells and bars that are listed.</summary>
    public const int Most = 50, MostBars = 12;

    /// <summary>Address of the whole answer in another form.</summary>
    public string Url(string format) => $"/heat/{Answer.Layer.Id}?{HeatQuestionText.Format(Answer.Question)}&f={format}";

    /// <summary>Works out everything for a question; each figure is a question of its own, so they agree by construction.</summary>
    /// <exception cref="HeatRefusedException">The question cannot be answered.</exception>
    public static async Task<AnalysisResult> Of(HeatAnswers answers, HeatQuestion question, bool hasTime, CancellationToken cancel)
    {
        var answer = await Ask(answers, question, cancel);
        var plain = new HeatQuestion(question.Query);
        var districts = await Ask(answers, plain with { Cell = HeatCellKind.District }, cancel);
        var departments = await Ask(answers, plain with { Cell = HeatCellKind.Department }, cancel);
        var slices = new List<(HeatSlice, IReadOnlyList<(string, long)>)>();
        if (hasTime)
            foreach (var kind in new[] { HeatSlice.Month, HeatSlice.Weekday, HeatSlice.Hour })
                slices.Add((kind, Summed(await Ask(answers, plain with { Cell = HeatCellKind.District, Slice = kind }, cancel), kind)));
        return new(answer, Best(answer), Named(districts), Named(departments), slices);
    }

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
