using Npgsql;

namespace CityOps.Gis.Web.Outage;

/// <summary>Looks whether the database answers, every two seconds and when somebody has met with a fault; pages say so to people.</summary>
sealed class DatabaseWatch(NpgsqlDataSource database, DatabaseOutage outage, ILogger<DatabaseWatch> log) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromSeconds(2), AfterFault = TimeSpan.FromMilliseconds(500);

    /// <summary>Seconds; a database that is busy answers later, and is not away.</summary>
    const int Patience = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isAway = !await Answers(stoppingToken);
            if (isAway != outage.IsAway)
                Note(isAway);
            outage.Tell(isAway);
            await Task.WhenAny(Task.Delay(isAway ? AfterFault : Between, stoppingToken), isAway ? Task.Delay(Timeout.Infinite, stoppingToken) : outage.Suspected);
        }
    }

    // Sessions of before would each fail once more before they are given up.
    void Note(bool isAway)
    {
        if (isAway)
            log.LogWarning("The database does not answer.");
        else
        {
            database.Clear();
            log.LogWarning("The database answers again.");
        }
    }

    async Task<bool> Answers(CancellationToken cancel)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            command.CommandTimeout = Patience;
            await command.ExecuteScalarAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
