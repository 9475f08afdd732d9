using CityOps.Gis.PostGis.Cluster;
using Npgsql;

namespace CityOps.Gis.Web.Commands;

/// <summary>
/// Starts the program's own PostgreSQL again when it has crashed, for as long as it is served: nobody else would. A server that somebody stopped stays as it is.
/// </summary>
sealed class DatabaseKeeper : IAsyncDisposable
{
    static readonly TimeSpan Between = TimeSpan.FromSeconds(1), AfterFault = TimeSpan.FromSeconds(10);
    readonly CancellationTokenSource _ended = new();
    readonly Task _keeping;

    public DatabaseKeeper(ClusterLease lease, Output output) => _keeping = Task.Run(() => Keep(lease, output));

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _keeping;
        _ended.Dispose();
    }

    async Task Keep(ClusterLease lease, Output output)
    {
        for (var pause = Between; !_ended.IsCancellationRequested;)
        {
            await Task.Delay(pause, _ended.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            try
            {
                if (!_ended.IsCancellationRequested && lease.Revive())
                    output.Fault(new("数据库异常终止，已重新启动。", "The database died and was started again."));
                pause = Between;
            }
            catch (Exception fault) when (fault is ClusterException or NpgsqlException)
            {
                output.Fault(fault is ClusterException told ? told.Text : new($"数据库未能重新启动：{fault.Message}", $"The database could not be started again: {fault.Message}"));
                pause = AfterFault;
            }
        }
    }
}
