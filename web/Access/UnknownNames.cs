using System.Collections.Concurrent;

namespace CityOps.Gis.Web.Access;

/// <summary>Counts wrong passwords for names that nobody has, so that they lock like those that somebody has and nobody can try out who is there (OWASP ASVS 3.2.3, WSTG-IDNT-04).</summary>
sealed class UnknownNames(AccessOptions options, TimeProvider clock)
{
    const int Most = 10_000;
    readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts a failure; true where the name is locked, this failure included.</summary>
    public bool Fail(string name)
    {
        var now = clock.GetUtcNow();
        if (_names.Count >= Most)
            _names.Clear();
        var (failures, until) = _names.AddOrUpdate(name, _ => (1, default), (_, was) => was.Until > now ? was : was.Failures >= options.MostFailures ? (1, default) : (was.Failures + 1, default));
        if (until > now)
            return true;
        if (failures >= options.MostFailures)
            _names[name] = (failures, now + options.LockedFor);
        return failures >= options.MostFailures;
    }
}
