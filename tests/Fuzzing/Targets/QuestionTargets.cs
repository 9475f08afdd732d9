using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;

namespace CityOps.Gis.Fuzzing.Targets;

/// <summary>Questions as they stand in addresses: faults for what is none, and what is one reads back to the same text.</summary>
static class QuestionTargets
{
    static readonly string[] Questions =
    [
        "district=350203,350206&class=01&from=2026-01-01&bbox=118,24.4,118.2,24.6", "polygon=POLYGON((118 24,119 24,119 25,118 24))&q=井盖 路灯", "near=118.1,24.5,300&status=完好&as-of=2026-02-03T08:00:00+08:00",
        "filter=status='完好'&filter-lang=cql2-text", "grid=350203002002001&community=350203002002&department=11",
    ];

    static LayerDefinition Layer => PostGisDatabase.Catalog.Find("components")!;

    public static FuzzTarget Features => new("feature-question", FuzzTargets.Utf8(Questions), FuzzTargets.Utf8("&", "=", ",", "%00", "%E4%BA%95", "bbox=", "filter=", "from=", "1e999", "NaN", "-0", "9999-12-31", "0001-01-01", "POLYGON((", "+24:00", "as-of="), input =>
    {
        var (query, faults) = FeatureQueryText.Parse(Layer, Parameters(FuzzTargets.Text(input)));
        if (faults.Count > 0)
            return string.Join(' ', faults.Select(fault => fault.En.Split('=')[0]));
        var text = FeatureQueryText.Format(query);
        var (again, more) = FeatureQueryText.Parse(Layer, Parameters(text));
        FuzzTargets.Promise(more.Count == 0 && FeatureQueryText.Format(again) == text, "a question reads back to the same text", text);
        return string.Join(' ', text.Split('&').Select(part => part.Split('=')[0]));
    });

    public static FuzzTarget Heat => new("heat-question", FuzzTargets.Utf8([.. Questions, "cell=square&size=500", "cell=hexagon&size=1000&measure=density&breaks=1,2,3", "cell=grid&compare=difference&from2=2026-01-01&to2=2026-02-01", "slice=hour&at=7&hotspots=true&neighbours=knn:8"]),
        FuzzTargets.Utf8("&", "cell=", "size=", "measure=", "sum:", "knn:", "distance:", "slice=", "at=", "breaks=", "1e308", "-1", "NaN", "∞", "layer2=", "neighbours="), input =>
    {
        var (question, faults) = HeatQuestionText.Parse(Layer, Parameters(FuzzTargets.Text(input)));
        if (faults.Count > 0 || HeatRules.Misfits(question, PostGisDatabase.Catalog).Any())
            return string.Join(' ', faults.Select(fault => fault.En.Split('=')[0])) + " refused";
        var text = HeatQuestionText.Format(question);
        var (again, more) = HeatQuestionText.Parse(Layer, Parameters(text));
        FuzzTargets.Promise(more.Count == 0 && HeatQuestionText.Format(again) == text, "a question reads back to the same text", text);
        return string.Join(' ', text.Split('&').Select(part => part.Split('=')[0]));
    });

    static IEnumerable<KeyValuePair<string, string>> Parameters(string text)
        => text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Select(pair => KeyValuePair.Create(Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""));
}
