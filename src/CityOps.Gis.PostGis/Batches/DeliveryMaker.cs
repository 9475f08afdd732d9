using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Who brought a delivery, and where its rows may lie.</summary>
/// <param name="Id">As the audit log keeps it; null for the product itself.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Scope">Null for the whole city.</param>
public sealed record DeliveryMaker(string? Id, string? Name, JurisdictionScope? Scope)
{
    /// <summary><see cref="Caller.Current"/> as the maker of what begins now.</summary>
    public static DeliveryMaker Current => new(Caller.Current.Id, Caller.Current.Name, Caller.Current.Scope);

    /// <summary>
    /// May <see cref="Caller.Current"/> see the delivery? Whoever sees the whole city sees all of them; a caller with a scope those he made himself, while his scope
    /// still holds the one they were made with.
    /// </summary>
    public bool IsSeen => Caller.Current.Scope is not { } own || Id is not null && Id == Caller.Current.Id && Scope is not null && own.Holds(Scope);

    /// <summary>What he may deliver: where a division or a grid changes, what lies there is stamped anew, so those are for someone who sees the whole city.</summary>
    public IReadOnlyList<LayerDefinition> LayersOf(LayerCatalog catalog) => Scope is null ? catalog.Layers : [.. catalog.Layers.Where(layer => !LayerTable.IsSpine(layer))];

    /// <summary>The scope as it is stored.</summary>
    internal string[]? ScopeTexts => Scope is null ? null : ScopeCodes.Of(Scope);

    /// <summary>Three columns: id, name, scope.</summary>
    internal static DeliveryMaker At(NpgsqlDataReader reader, int at) => new(
        reader.IsDBNull(at) ? null : reader.GetString(at), reader.IsDBNull(at + 1) ? null : reader.GetString(at + 1),
        reader.IsDBNull(at + 2) ? null : ScopeCodes.Parse(reader.GetFieldValue<string[]>(at + 2)));
}
