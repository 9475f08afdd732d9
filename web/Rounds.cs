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
}
