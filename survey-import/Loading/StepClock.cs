using System.Diagnostics;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Tells progress and keeps the time of every step.</summary>
sealed class StepClock(IProgress<ImportStep>? progress)
{
    readonly List<(string, double)> _seconds = [];
    long _refused;

    public IReadOnlyList<(string Step, double Seconds)> Seconds => _seconds;

    public async Task<T> Step<T>(string name, Func<Task<T>> work)
    {
        progress?.Report(new(name, 0, null) { Refused = _refused });
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

    public void Report(string name, long done, long? total, long refused)
    {
        _refused = refused;
        progress?.Report(new(name, done, total) { Refused = refused });
    }
}
