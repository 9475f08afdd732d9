using CityOps.Gis.Layers;
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
    /// <summary>
    /// Layers whose features everybody with <see cref="Permission.View"/> may see: divisions and grids with their codes and outlines, and departments. Their codes stand on every
    /// feature and are published (GB/T 2260, GB/T 30428.1).
    /// </summary>
    public static readonly IReadOnlySet<string> PublicSpine = new HashSet<string> { "districts", "subdistricts", "communities", "unit_grids", "departments" };

    /// <summary>
    /// What only a caller of the whole city may do: to take a delivery into the city's data is the bureau's word, and what others did lies anywhere. An administrator with a scope
    /// could give himself a wider one. A caller with a scope delivers within it, and sees his own deliveries.
    /// </summary>
    public static readonly IReadOnlySet<Permission> OfTheWholeCity = new HashSet<Permission> { Permission.Publish, Permission.Audit, Permission.Administer };

    static readonly AsyncLocal<Caller?> s_current = new();

    string? _kind;

    // Of a copy other rights may be given, so what was made of them is not copied.
    Caller(Caller other)
        => (Id, Name, Permissions, Scope, Address, Roles, IsProduct) = (other.Id, other.Name, other.Permissions, other.Scope, other.Address, other.Roles, other.IsProduct);

    /// <summary>Somebody who has not signed in.</summary>
    public static readonly Caller Nobody = new(null, "nobody", new HashSet<Permission>(), new());

    /// <summary>The product itself: background work, commands of the one who runs it.</summary>
    public static readonly Caller Product = new(null, "cityops", Role.Administrator.Permissions, null) { IsProduct = true };

    /// <summary>The caller of this flow; <see cref="Product"/> where none was set. The host sets one before anything of a request runs.</summary>
    public static Caller Current => s_current.Value ?? Product;

    /// <summary>The product itself at work for somebody: the database knows it as the product, the audit log as that person.</summary>
    public static Caller ProductFor(string? id, string name, string? address) => Product with { Id = id, Name = name, Address = address };

    /// <summary>Is it the product's own work, whoever asked for it?</summary>
    public bool IsProduct { get; private init; }

    /// <summary>Who came, from where: for the audit log.</summary>
    public string? Address { get; init; }

    /// <summary>Roles by <see cref="Role.Id"/>, in the order of <see cref="Role.All"/>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Equal for callers who see the same layers and fields, wherever they lie: for those who keep what they made of a definition.</summary>
    public string Kind => _kind ??= $"{string.Join(',', Roles)}|{string.Join(',', Permissions.Order())}";

    /// <summary>The scope that holds for a layer: none for the spine's areas and departments (<see cref="PublicSpine"/>), which everybody finds his way by.</summary>
    public JurisdictionScope? ScopeOn(string layerId) => PublicSpine.Contains(layerId) ? null : Scope;

    /// <summary>The same rights in the same places under the same name.</summary>
    public bool MayTheSameAs(Caller other) => Equals(Scope, other.Scope) && Name == other.Name && Permissions.SetEquals(other.Permissions) && Roles.SequenceEqual(other.Roles);

    public bool May(Permission permission) => Permissions.Contains(permission) && (Scope is null || !OfTheWholeCity.Contains(permission));

    /// <summary>May the layer's features be seen at all? One of the roles reads it; a key has no roles and reads what its permissions give.</summary>
    public bool MayRead(LayerDefinition layer) => Roles.Count == 0 ? May(Permission.View) : Roles.Any(layer.Access.Read.Contains);

    /// <summary>May the layer's features be changed, within the scope?</summary>
    public bool MayWrite(LayerDefinition layer) => May(Permission.Edit) && (Roles.Count == 0 || Roles.Any(layer.Access.Write.Contains));

    /// <summary>The layer without the fields that are not for this caller: they can be neither shown nor asked for.</summary>
    public LayerDefinition Seen(LayerDefinition layer)
        => layer.Fields.All(IsSeen) ? layer : layer with { Fields = [.. layer.Fields.Where(IsSeen)] };

    bool IsSeen(LayerField field) => field.SeenWith is not { } needed || May(needed);

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
