using System.Diagnostics;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Tells progress and keeps the time of every step.</summary>
sealed class StepClock(IProgress<ImportStep>? progress)
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

    readonly List<(string, double)> _seconds = [];

    public IReadOnlyList<(string Step, double Seconds)> Seconds => _seconds;

    public async Task<T> Step<T>(string name, Func<Task<T>> work)
    {
        progress?.Report(new(Names[name], 0, null));
        var clock = Stopwatch.StartNew();
        var result = await work();
        _seconds.Add((name, clock.Elapsed.TotalSeconds));
        return result;
    }

    public Task Step(string name, Func<Task> work) => Step(name, async () =>
    {
        await work();
        return true;
    });

    public void Report(string name, long done, long? total) => progress?.Report(new(Names[name], done, total));
}
