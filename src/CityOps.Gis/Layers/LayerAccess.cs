namespace CityOps.Gis.Layers;

/// <summary>Roles that may read and write a layer's features.</summary>
public sealed record LayerAccess
{
    public IReadOnlyList<string> Read { get; init; } = ["administrator", "surveyor", "grid-manager", "case-operator", "shift-leader", "dispatcher", "department-officer", "analyst", "viewer"];
    public IReadOnlyList<string> Write { get; init; } = ["administrator", "surveyor"];
}
