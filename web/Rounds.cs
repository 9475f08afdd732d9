using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Web;

/// <summary>Rounds of work in the background.</summary>
static class Rounds
{
    /// <summary>Waits for the next round; false when the host stops, which is no fault, also where it is disposed without having been stopped.</summary>
    public static async Task<bool> Next(this PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Looks again round after round until the component goes. While the database is away the page says so by itself, and the next round asks again.</summary>
    /// <param name="inTurn">The component's own <c>InvokeAsync</c>.</param>
    public static async Task Look(Func<Func<Task>, Task> inTurn, TimeSpan interval, TimeProvider clock, Func<Task> look, CancellationToken closing)
    {
        using var rounds = new PeriodicTimer(interval, clock);
        while (await rounds.Next(closing))
            await Once(() => inTurn(look), closing);
    }

    /// <summary>Looks once, as a round does.</summary>
    public static async Task Once(Func<Task> look, CancellationToken closing)
    {
        try
        {
            await look();
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            return;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            return;
        }
    }
}
