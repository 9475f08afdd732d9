using System.Collections.Concurrent;
using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Web.Access;

/// <summary>
/// Callers as they were read from the database a moment ago, so that the tiles of a map ask it once. While the database does not answer, those that were known go on
/// for a while: memory still serves them, and nobody's rights can change meanwhile.
/// </summary>
/// <param name="relied">How long what was read is relied on.</param>
sealed class CallerCache<TKey>(TimeSpan relied, TimeProvider clock)
    where TKey : notnull
{
    const int Most = 20_000;
    static readonly TimeSpan s_bridged = TimeSpan.FromMinutes(10);
    readonly ConcurrentDictionary<TKey, Known> _known = new();

    /// <summary>The caller of a key, by what was read or by <paramref name="read"/>; null where there is none.</summary>
    /// <exception cref="NpgsqlException">The database does not answer, and nothing recent is known.</exception>
    public async Task<Caller?> Find(TKey key, Func<Task<Caller?>> read)
    {
        var known = _known.GetValueOrDefault(key);
        if (known is not null && clock.GetElapsedTime(known.At) < relied)
            return known.Caller;
        try
        {
            var caller = await read();
            // Whoever asks with keys that do not exist must not fill the memory.
            if (_known.Count >= Most)
                _known.Clear();
            _known[key] = new(caller, clock.GetTimestamp());
            return caller;
        }
        catch (NpgsqlException fault) when (fault.IsAway() && known is { Caller: not null } && clock.GetElapsedTime(known.At) < s_bridged)
        {
            return known.Caller;
        }
    }

    /// <summary>Reads everything anew from here on.</summary>
    public void Forget() => _known.Clear();

    sealed record Known(Caller? Caller, long At);
}
