using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Access;

namespace CityOps.Gis.Web.Access;

/// <summary>The callers behind sessions, with the rights of now (<see cref="AccessOptions.Relied"/>).</summary>
public sealed class SessionCallers(Sessions sessions, AccessOptions options, TimeProvider clock)
{
    readonly CallerCache<Guid> _callers = new(options.Relied, clock);

    /// <summary>The caller of a session; null where it has ended.</summary>
    /// <param name="isUsed">Somebody does something in it, so that it does not end for idleness.</param>
    public Task<Caller?> Find(Guid session, bool isUsed, CancellationToken cancel = default)
        => _callers.Find(session, async () => await sessions.Find(session, options.Idle, isUsed, cancel) is { } rights ? CallerOf(rights) : null);

    Caller CallerOf(PersonRights rights)
    {
        var caller = rights.ToCaller();
        return options.AdministersByTwoSteps && rights.Way == Sessions.ByPassword ? caller with { Permissions = caller.Permissions.Except(AccessOptions.ByTwoSteps).ToHashSet() } : caller;
    }

    /// <summary>Rights have changed in this process.</summary>
    public void Forget() => _callers.Forget();
}
