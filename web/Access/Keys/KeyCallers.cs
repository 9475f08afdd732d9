using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;

namespace CityOps.Gis.Web.Access.Keys;

/// <summary>The callers behind API keys.</summary>
public sealed class KeyCallers(ApiKeys keys, AccessOptions options, TimeProvider clock)
{
    readonly CallerCache<string> _callers = new(options.Relied, clock);

    /// <summary>The caller of a key's text; null for one that does not count (any more).</summary>
    /// <param name="from">Address it comes from.</param>
    public Task<Caller?> Find(string key, string? from, CancellationToken cancel = default)
        => _callers.Find(key, async () => (await keys.Find(key, from, cancel))?.ToCaller());

    /// <summary>Keys have changed in this process.</summary>
    public void Forget() => _callers.Forget();
}
