using CityOps.Gis.Access;

namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>
/// The emergencies that are on and that the caller of the flow has to do with. Every open page asks this every few seconds; whether there is one at all is looked up once in a while
/// for all, so that on an everyday it costs next to nothing. Safe to be used by many threads.
/// </summary>
public sealed class OpenEmergencies(EmergencyList emergencies, TimeProvider clock)
{
    static readonly TimeSpan ReliedOn = TimeSpan.FromSeconds(3);
    readonly Lock _looking = new();
    Task<bool>? _look;
    long _lookedAt;

    public async Task<IReadOnlyList<Emergency>> Now(CancellationToken cancel = default) => await IsOne(cancel) ? await emergencies.Open(cancel) : [];

    // Many ask at once, one looks, for the product; whoever gives up waiting does not stop the look of the others.
    Task<bool> IsOne(CancellationToken cancel)
    {
        lock (_looking)
        {
            if (_look is null || (_look.IsCompleted && (!_look.IsCompletedSuccessfully || clock.GetElapsedTime(_lookedAt) >= ReliedOn)))
                (_look, _lookedAt) = (Task.Run(Look, CancellationToken.None), clock.GetTimestamp());
            return _look.WaitAsync(cancel);
        }
    }

    async Task<bool> Look()
    {
        using var _ = Caller.Product.Enter();
        return (await emergencies.Open()).Count > 0;
    }
}
