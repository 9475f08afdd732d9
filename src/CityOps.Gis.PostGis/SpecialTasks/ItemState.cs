using CityOps.Gis.SpecialTasks;

namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>How an item stands in a grid: its last tick.</summary>
/// <param name="Ticks">How many it has had: who ticks says which he has seen.</param>
/// <param name="CaseFid">The case that was filed of it.</param>
public sealed record ItemState(SpecialItem Item, TickState State, int Ticks, DateTimeOffset? At, string? Who, string? Note, long? CaseFid, IReadOnlyList<Guid> Photos);
