using System.Collections.Concurrent;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.PostGis.Audit;

namespace CityOps.Gis.Web.Access.Keys;

/// <summary>
/// Writes down that a key was refused, and from where: a script that nobody looks after, or somebody who tries keys out. Once for an address in ten minutes, as whoever need not be
/// known can send as many as he likes.
/// </summary>
public sealed class KeyRefusals(AuditLog audit, TimeProvider clock)
{
    const int MostAddresses = 10_000;
    static readonly TimeSpan s_between = TimeSpan.FromMinutes(10);
    readonly ConcurrentDictionary<string, DateTimeOffset> _told = new();

    /// <param name="key">What was sent; no more of it is kept than the list of keys shows, and nothing of what is no key of ours, which may be a password.</param>
    public async Task Tell(string key, string? from, CancellationToken cancel = default)
    {
        var (address, now) = (from ?? "", clock.GetUtcNow());
        if (_told.Count >= MostAddresses)
            _told.Clear();
        if (_told.TryGetValue(address, out var last) && now - last < s_between)
            return;
        _told[address] = now;
        using ((Gis.Access.Caller.Nobody with { Address = from }).Enter())
            await audit.Write(new(AuditKind.KeyRefused, key.StartsWith(ApiKeys.Mark, StringComparison.Ordinal) ? key[..Math.Min(key.Length, ApiKeys.PrefixLength)] : null), cancel);
    }
}
