using System.Threading.Channels;
using CityOps.Gis.Devices;
using CityOps.Gis.PostGis.Devices;
using Npgsql;

namespace CityOps.Gis.Web.Devices;

/// <summary>
/// Brings messages into the database: while one transaction is under way the next gathers, so the busier it is the more go into one. A sender is answered when its messages are on
/// disk, not before. While the database is away everything waits, the senders too, and nothing is lost: what was not answered is sent again.
/// </summary>
public sealed class ReadingQueue(DeviceReadings readings, TimeProvider clock, ILogger<ReadingQueue> log) : BackgroundService
{
    const int MostInOne = 2_000, MostWaiting = 10_000;
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    readonly Channel<Sent> _waiting = Channel.CreateBounded<Sent>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>What one sender sent at once.</summary>
    sealed record Sent(long Fid, IReadOnlyList<DeviceMessage> Messages, TaskCompletionSource<int> Stored);

    /// <summary>Stores messages of a device; how many were new. Done when they are on disk.</summary>
    /// <exception cref="OperationCanceledException">The sender gave up, or the program ends: whether they are stored is not known.</exception>
    /// <exception cref="PostgresException">The database refuses these messages, however often they are sent.</exception>
    public async Task<int> Store(long fid, IReadOnlyList<DeviceMessage> messages, CancellationToken cancel = default)
    {
        var sent = new Sent(fid, messages, new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.Writer.WriteAsync(sent, cancel);
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The program ends.");
        }
        return await sent.Stored.Task.WaitAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
                await Write(Gather(), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; who waits is told below.
            log.LogDebug("The queue of readings ends.");
        }
        finally
        {
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var left))
                left.Stored.TrySetCanceled(CancellationToken.None);
        }
    }

    List<Sent> Gather()
    {
        var batch = new List<Sent>();
        for (var count = 0; count < MostInOne && _waiting.Reader.TryRead(out var sent); count += sent.Messages.Count)
            batch.Add(sent);
        return batch;
    }

    async Task Write(List<Sent> batch, CancellationToken cancel)
    {
        try
        {
            var isNew = await Take([.. batch.SelectMany(sent => sent.Messages, (sent, message) => new SentMessage(sent.Fid, message))], cancel);
            var at = 0;
            foreach (var sent in batch)
            {
                sent.Stored.TrySetResult(isNew.AsSpan(at, sent.Messages.Count).Count(true));
                at += sent.Messages.Count;
            }
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            // One of them is at fault: the others shall not suffer for it.
            await Write(batch[..(batch.Count / 2)], cancel);
            await Write(batch[(batch.Count / 2)..], cancel);
        }
        catch (PostgresException fault)
        {
            log.LogError(fault, "The database refuses a message of device {Fid}.", batch[0].Fid);
            batch[0].Stored.TrySetException(fault);
        }
        catch (OperationCanceledException)
        {
            batch.ForEach(sent => sent.Stored.TrySetCanceled(CancellationToken.None));
            throw;
        }
    }

    // Only what lies in the messages themselves is given up; a full disk, a deadlock or a server that is away passes.
    async Task<bool[]> Take(IReadOnlyList<SentMessage> sent, CancellationToken cancel)
    {
        for (var isTold = false; ; await Task.Delay(s_pause, clock, cancel))
            try
            {
                return await readings.Take(sent, cancel);
            }
            catch (NpgsqlException fault) when (fault is not PostgresException { SqlState: ['2', '2' or '3', ..] })
            {
                if (!isTold)
                    log.LogWarning(fault, "{Count} messages of devices wait for the database.", sent.Count);
                isTold = true;
            }
    }
}
