using System.Diagnostics;
using CityOps.Gis.Access;

namespace CityOps.Gis.Exports;

/// <summary>
/// Who sees a part of the city is answered at whole steps of time after he asked, so that how long it took to pass over rows that he does not see says nothing about them
/// (bucketing: Köpf and Dürmuth, A Provably Secure and Efficient Countermeasure against Timing Attacks, CSF 2009). Who sees all of it waits for nothing.
/// </summary>
public static class EvenTime
{
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <param name="asked">By <see cref="Stopwatch.GetTimestamp"/>.</param>
    public static async Task Wait(long asked, CancellationToken cancel)
    {
        if (Caller.Current.Scope is null)
            return;
        var gone = Stopwatch.GetElapsedTime(asked);
        // A delay takes whole milliseconds, rounded down, and a timer may be early by one: what is left of the step is waited for too.
        for (var end = gone + Left(gone); gone < end; gone = Stopwatch.GetElapsedTime(asked))
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling((end - gone).TotalMilliseconds)), cancel);
    }

    /// <summary>To the end of the step; never nothing.</summary>
    public static TimeSpan Left(TimeSpan gone) => Step - new TimeSpan(gone.Ticks % Step.Ticks);
}
