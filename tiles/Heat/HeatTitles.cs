using System.Globalization;
using CityOps.Gis.Heat;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>What a heat map is called, and its numbers, for people.</summary>
public static class HeatTitles
{
    /// <summary>Layer, measure and cell.</summary>
    public static LocalText Title(HeatAnswer answer)
    {
        var (measure, cell) = (Measure(answer), Cell(answer.Question));
        var (zh, en) = answer.Question.Compare switch
        {
            HeatComparison.Difference => ("（差值）", ", difference"),
            HeatComparison.Ratio => ("（比值）", ", ratio"),
            _ => ("", ""),
        };
        var (spotsZh, spotsEn) = answer.Spots is null ? ("", "") : ("的热点（Gi*）", ", hot spots (Gi*)");
        return new($"{answer.Layer.Title.Zh}：{measure.Zh}{zh}{spotsZh}，按{cell.Zh}", $"{answer.Layer.Title.En}: {measure.En}{en}{spotsEn}, by {cell.En}");
    }

    /// <summary>A hot or cold spot of a confidence as <see cref="HotSpots.Confidence"/> gives it.</summary>
    public static LocalText Spots(int confidence) => confidence switch
    {
        0 => new("不显著", "not significant"),
        > 0 => new($"热点 {Percent(confidence)}%", $"hot spot {Percent(confidence)} %"),
        _ => new($"冷点 {Percent(confidence)}%", $"cold spot {Percent(confidence)} %"),
    };

    /// <summary>The values of a class of a legend.</summary>
    public static string Range(HeatLegend legend, int number)
    {
        var (from, to) = (number == 0 ? null : (double?)legend.Breaks[number - 1], number == legend.Breaks.Count ? null : (double?)legend.Breaks[number]);
        return (from, to) switch
        {
            (null, null) => "",
            (null, { } end) => $"< {Number(end)}",
            ({ } start, null) => $"≥ {Number(start)}",
            ({ } start, { } end) => start == end ? Number(start) : $"{Number(start)} – {Number(end)}",
        };
    }

    /// <summary>A value with four digits, or whole from 1,000 on.</summary>
    public static string Number(double value) => Math.Abs(value) >= 1000 ? value.ToString("N0", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);

    static LocalText Measure(HeatAnswer answer)
    {
        var field = answer.Question.Field is { } name ? answer.Layer.Find(name)?.Title ?? new(name, name) : new("", "");
        return answer.Question.Measure switch
        {
            HeatMeasure.Density => new("每平方公里数量", "features per km²"),
            HeatMeasure.Per => new("比率", "features per feature"),
            HeatMeasure.Sum => new($"{field.Zh}合计", $"sum of {field.En}"),
            HeatMeasure.Mean => new($"{field.Zh}均值", $"mean {field.En}"),
            HeatMeasure.Distinct => new($"不同{field.Zh}数", $"different values of {field.En}"),
            _ => new("数量", "features"),
        };
    }

    static LocalText Cell(HeatQuestion question) => question.Cell switch
    {
        HeatCellKind.Square => new($"{Number(question.Size)} 米方格", $"squares of {Number(question.Size)} m"),
        HeatCellKind.Hexagon => new($"{Number(question.Size)} 米六边形", $"hexagons of {Number(question.Size)} m"),
        HeatCellKind.Grid => new("单元网格", "unit grid"),
        HeatCellKind.Community => new("社区", "community"),
        HeatCellKind.Subdistrict => new("街道", "subdistrict"),
        HeatCellKind.District => new("区", "district"),
        _ => new("部门", "department"),
    };

    static int Percent(int confidence) => Math.Abs(confidence) switch { 3 => 99, 2 => 95, _ => 90 };
}
