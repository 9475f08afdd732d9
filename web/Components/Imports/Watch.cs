using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>Lets a page look into the database again and again while it is open; what happens on other pages and in the background shows that way.</summary>
static class Watch
{
    static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(3);

    /// <param name="look">Runs on the page's own thread.</param>
    /// <param name="answers">Told false when the database does not answer, and true when it does again.</param>
    public static async Task Run(TimeSpan between, Func<Task> look, Func<bool, Task> answers, CancellationToken closed)
    {
        var isLost = false;
        while (!closed.IsCancellationRequested)
            try
            {
                await Task.Delay(isLost ? AfterFault : between, closed);
                await look();
                if (isLost)
                    await answers(true);
                isLost = false;
            }
            catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException && closed.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException fault) when (fault.IsAway())
            {
                isLost = true;
                await answers(false);
            }
    }
}
