using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Heat;

/// <summary>
/// A <see cref="HeatQuestion"/> as it stands in a URL, beside the parameters of its <see cref="FeatureQuery"/>:
/// <c>cell=square&amp;size=100&amp;measure=density&amp;district=350203</c>. What is left out has the question's default.
/// </summary>
public static class HeatQuestionText
{
    delegate HeatQuestion? Reader(HeatQuestion question, string value);

    static readonly Dictionary<string, (Reader Read, LocalText Form)> Parameters = new()
    {
        ["cell"] = OneOf<HeatCellKind>((question, cell) => question with { Cell = cell }),
        ["size"] = (Number(HeatQuestion.LeastSize, HeatQuestion.MostSize, (question, size) => question with { Size = size }),
            new($"{HeatQuestion.LeastSize} 至 {HeatQuestion.MostSize} 之间的米数", $"metres from {HeatQuestion.LeastSize} to {HeatQuestion.MostSize}")),
        ["parallel"] = (Number(-80, 80, (question, parallel) => question with { Parallel = parallel }), new("-80 至 80 之间的纬度", "a latitude from -80 to 80")),
        ["measure"] = OneOf<HeatMeasure>((question, measure) => question with { Measure = measure }),
        ["field"] = Text((question, field) => question with { Field = field }),
        ["per"] = Text((question, layer) => question with { PerLayer = layer }),
        ["perclass"] = Codes((question, codes) => question with { PerClasses = codes }),
        ["slice"] = OneOf<HeatSlice>((question, slice) => question with { Slice = slice }),
        ["at"] = (At, new("slice 的一个取值：0–23、1–7、2026-01-31 或 2026-01", "one slice: 0–23, 1–7, 2026-01-31 or 2026-01")),
        ["breaks"] = (Breaks, new($"以逗号分隔、由小到大的至多 {HeatQuestion.MostBreaks} 个数", $"at most {HeatQuestion.MostBreaks} ascending numbers separated by commas")),
        ["compare"] = OneOf<HeatComparison>((question, comparison) => question with { Compare = comparison }),
        ["from2"] = Time((question, time) => question with { From2 = time }),
        ["to2"] = Time((question, time) => question with { To2 = time }),
        ["layer2"] = Text((question, layer) => question with { Layer2 = layer }),
        ["class2"] = Codes((question, codes) => question with { Classes2 = codes }),
        ["status2"] = Codes((question, codes) => question with { Statuses2 = codes }),
        ["hotspots"] = (Hotspots, new("true 或 false", "true or false")),
        ["neighbours"] = (
            (question, value) => NeighbourRule.TryParse(value) is { } rule ? question with { Hotspots = rule } : null,
            new("queen、distance:500 或 knn:8", "queen, distance:500 or knn:8")),
    };

    /// <summary>Reads a question; the faults say which parameter cannot be understood, how it should look, and which contradict each other.</summary>
    public static (HeatQuestion Question, IReadOnlyList<LocalText> Faults) Parse(LayerDefinition layer, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var given = parameters.ToList();
        var groups = given.GroupBy(one => one.Key, one => one.Value).ToDictionary(group => group.Key, group => string.Join(',', group));
        var (query, queryFaults) = FeatureQueryText.Parse(layer, given);
        var (question, faults) = (new HeatQuestion(query), queryFaults.ToList());
        faults.AddRange(groups.Keys.Where(name => !Parameters.ContainsKey(name) && !FeatureQueryText.Names.Contains(name)).Select(FeatureQueryText.Unknown));
        foreach (var (name, value) in groups.Where(one => Parameters.ContainsKey(one.Key)).OrderBy(one => one.Key, StringComparer.Ordinal))
            if (Parameters[name].Read(question, value) is { } read)
                question = read;
            else
                faults.Add(new($"{name}=“{value}”不对，应为{Parameters[name].Form.Zh}。", $"'{name}={value}' cannot be used; write {Parameters[name].Form.En}."));
        if (faults.Count == 0)
            faults.AddRange(HeatRules.Contradictions(question, groups.Keys.ToHashSet()));
        return (question, faults);
    }

    /// <summary>The question as URL parameters in a fixed order, without those at their default, so that equal questions have equal texts.</summary>
    public static string Format(HeatQuestion question)
    {
        var parts = new (string Name, string Value)[]
        {
            ("cell", Name(question.Cell)), ("size", question.IsLattice ? Number(question.Size) : ""),
            ("parallel", question is { IsLattice: true, Parallel: { } parallel } ? Number(parallel) : ""),
            ("measure", Name(question.Measure)), ("field", question.Field ?? ""), ("per", question.PerLayer ?? ""), ("perclass", Join(question.PerClasses)),
            ("slice", question.Slice == HeatSlice.None ? "" : Name(question.Slice)), ("at", question.At ?? ""), ("breaks", string.Join(',', question.Breaks.Select(Number))),
            ("compare", question.Compare == HeatComparison.None ? "" : Name(question.Compare)), ("from2", Time(question.From2)), ("to2", Time(question.To2)),
            ("layer2", question.Layer2 ?? ""), ("class2", Join(question.Classes2)), ("status2", Join(question.Statuses2)),
            ("hotspots", question.Hotspots is null ? "" : "true"), ("neighbours", question.Hotspots?.ToString() ?? ""),
        };
        var own = string.Join('&', parts.Where(part => part.Value.Length > 0).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}"));
        return FeatureQueryText.Format(question.Query) is { Length: > 0 } query ? $"{own}&{query}" : own;
    }

    /// <summary>An enumeration's value as a URL has it.</summary>
    public static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    // Neighbours that were given stand; they ask for hot spots by themselves.
    static HeatQuestion? Hotspots(HeatQuestion question, string value) => value switch
    {
        "true" => question with { Hotspots = question.Hotspots ?? NeighbourRule.Queen },
        "false" => question,
        _ => null,
    };

    static HeatQuestion? At(HeatQuestion question, string value) => HeatSlices.IsName(value) ? question with { At = value } : null;

    static HeatQuestion? Breaks(HeatQuestion question, string value)
    {
        var breaks = value.Split(',', StringSplitOptions.TrimEntries).Select(one => double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN).ToList();
        return breaks.Count <= HeatQuestion.MostBreaks && breaks.Zip(breaks.Skip(1), (one, next) => one < next).All(isAscending => isAscending) && !breaks.Exists(double.IsNaN)
            ? question with { Breaks = breaks }
            : null;
    }

    static (Reader, LocalText) OneOf<T>(Func<HeatQuestion, T, HeatQuestion> with) where T : struct, Enum
    {
        var names = Enum.GetValues<T>().ToDictionary(Name);
        var list = string.Join(", ", names.Keys);
        return ((question, value) => names.TryGetValue(value, out var one) ? with(question, one) : null, new($" {list} 之一", $"one of {list}"));
    }

    static Reader Number(double least, double most, Func<HeatQuestion, double, HeatQuestion> with)
        => (question, value) => double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? with(question, number) : null;

    static (Reader, LocalText) Text(Func<HeatQuestion, string, HeatQuestion> with)
        => ((question, value) => value.Length > 0 ? with(question, value) : null, new("一个名称", "a name"));

    static (Reader, LocalText) Codes(Func<HeatQuestion, IReadOnlyList<string>, HeatQuestion> with)
        => ((question, value) => with(question, value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
            new("以逗号分隔的代码", "codes separated by commas"));

    // Times are read as those of the first period.
    static (Reader, LocalText) Time(Func<HeatQuestion, DateTimeOffset, HeatQuestion> with) => ((question, value)
        => FeatureQueryText.Time(value) is { } time ? with(question, time) : null, new("形如 2026-01-31 的时间", "a time such as 2026-01-31"));

    static string Join(IReadOnlyList<string> codes) => string.Join(',', codes);

    static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    static string Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) ?? "";
}
