using CityOps.Gis.Heat;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>One slice of an answer that holds all: its cells and their values, in colours that are fixed over all slices, so that they can be shown one after the other.</summary>
static class SliceView
{
    /// <param name="whole">The answer with its slices.</param>
    /// <param name="question">The same question with the slice that is shown.</param>
    public static HeatAnswer Of(HeatAnswer whole, HeatQuestion question)
    {
        var (slices, wanted) = (whole.Slices!, HeatSlices.Parse(question.Slice, question.At!));
        var (cells, counts) = (new List<int>(), new List<long>());
        for (var cell = 0; cell < whole.Length; cell++)
            for (var at = slices.Starts[cell]; at < slices.Starts[cell + 1]; at++)
                if (slices.Slices[at] == wanted)
                {
                    cells.Add(cell);
                    counts.Add(slices.Counts[at]);
                }
        return whole with
        {
            Question = question, Slices = null, Counts = [.. counts], Values = [.. cells.Zip(counts, (cell, count) => Value(whole, cell, count))],
            Keys = whole.Keys.Length == 0 ? [] : [.. cells.Select(cell => whole.Keys[cell])], Codes = whole.Codes.Length == 0 ? [] : [.. cells.Select(cell => whole.Codes[cell])],
            Total = counts.Sum(), Outside = 0, Legend = question.Breaks.Count > 0 ? HeatLegend.OfBreaks(question.Breaks) : HeatLegend.OfValues(All(whole, slices)),
        };
    }

    // A density stays in proportion to its count.
    static double Value(HeatAnswer whole, int cell, long count) => whole.Question.Measure == HeatMeasure.Count ? count : whole.Values[cell] * count / whole.Counts[cell];

    static IEnumerable<double> All(HeatAnswer whole, HeatSlices slices)
    {
        for (var cell = 0; cell < whole.Length; cell++)
            for (var at = slices.Starts[cell]; at < slices.Starts[cell + 1]; at++)
                if (slices.Slices[at] != HeatSlices.Timeless)
                    yield return Value(whole, cell, slices.Counts[at]);
    }
}
