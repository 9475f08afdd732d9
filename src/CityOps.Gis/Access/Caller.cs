using CityOps.Gis.Queries;

namespace CityOps.Gis.Access;

/// <summary>
/// On whose behalf something is done. It accompanies the flow of a request, of a circuit's event and of a background job (<see cref="Current"/>), so that nothing on
/// the way can forget it: every <see cref="FeatureQuery"/> takes its scope from here, and so does every connection for the database's own lock.
/// </summary>
/// <param name="Id">The person's or the key's id as the audit log keeps it; null for nobody and for the product itself.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Scope">Where; null = the whole city.</param>
public sealed record Caller(string? Id, string Name, IReadOnlySet<Permission> Permissions, JurisdictionScope? Scope)
{
    static readonly AsyncLocal<Caller?> s_current = new();

    /// <summary>Somebody who has not signed in.</summary>
    public static readonly Caller Nobody = new(null, "nobody", new HashSet<Permission>(), new());

    /// <summary>The product itself: background work, commands of the one who runs it.</summary>
    public static readonly Caller Product = new(null, "cityops", Role.Administrator.Permissions, null);

    /// <summary>The caller of this flow; <see cref="Product"/> where none was set. The host sets one before anything of a request runs.</summary>
    public static Caller Current => s_current.Value ?? Product;

    /// <summary>Who came, from where: for the audit log.</summary>
    public string? Address { get; init; }

    /// <summary>Roles by <see cref="Role.Id"/>, in the order of <see cref="Role.All"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    public bool May(Permission permission) => Permissions.Contains(permission);

    /// <summary>Makes this the caller of the flow until the end is disposed.</summary>
    public IDisposable Enter()
    {
        var before = s_current.Value;
        s_current.Value = this;
        return new Entered(before);
    }

    sealed class Entered(Caller? before) : IDisposable
    {
        public void Dispose() => s_current.Value = before;
    }
}
