using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Where an import stands.</summary>
/// <param name="Step"><c>inspect</c>, <c>stage</c>, <c>stamp</c>, <c>check</c>, <c>compare</c> or <c>publish</c>.</param>
/// <param name="Total">Null while it is not known.</param>
public sealed record ImportStep(string Step, long Done, long? Total)
{
    static readonly Dictionary<string, LocalText> Names = new()
    {
        ["inspect"] = new("检视", "Inspecting"),
        ["stage"] = new("读取并检查", "Reading and checking"),
        ["stamp"] = new("确定网格归属", "Stamping jurisdiction"),
        ["check"] = new("与网格核对", "Checking against the grids"),
        ["compare"] = new("与库中数据比较", "Comparing with the layer"),
        ["publish"] = new("发布", "Publishing"),
    };

    /// <summary>The steps of an import in their order.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Keys];

    /// <summary>Rows refused so far.</summary>
    public long Refused { get; init; }
    public LocalText Name => NameOf(Step);

    public static LocalText NameOf(string step) => Names[step];
}
