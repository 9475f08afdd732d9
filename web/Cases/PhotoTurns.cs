using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.Web.Cases;

/// <summary>
/// Makes photos (<see cref="PhotoMaker"/>), for requests and for pages, so many at once and no more: each holds a core and up to a hundred megabytes meanwhile. Who waits too long
/// is sent away.
/// </summary>
/// <param name="places">Photos that are made at once.</param>
/// <param name="patience">How long a photo waits for its turn; null = <see cref="Patience"/>.</param>
public sealed class PhotoTurns(int places = 2, TimeSpan? patience = null) : IDisposable
{
    /// <summary>When it is worth while to come again.</summary>
    public const int RetrySeconds = 5;

    /// <summary>Longer than the photos of a full form take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly SemaphoreSlim _places = new(places);

    /// <summary>The photo; null where the bytes are none.</summary>
    /// <exception cref="TimeoutException">Its turn did not come in time.</exception>
    public Task<NewPhoto?> Make(ReadOnlyMemory<byte> sent, CancellationToken cancel) => InTurn(() => PhotoMaker.Make(sent.Span), cancel);

    /// <exception cref="TimeoutException">Its turn did not come in time.</exception>
    public async Task<T> InTurn<T>(Func<T> work, CancellationToken cancel)
    {
        if (!await _places.WaitAsync(patience ?? Patience, cancel))
            throw new TimeoutException($"No photo could be made within {(patience ?? Patience).TotalSeconds} s: {places} others were being made all the time.");
        try
        {
            return await Task.Run(work, cancel);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
