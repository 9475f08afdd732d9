using CityOps.Gis.SpecialTasks;

namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>A unit grid of a special task.</summary>
/// <param name="Worker">Who looks after it, where the caller may see such names.</param>
public sealed record SpecialGrid(string Code, string? Name, string? Community, string? Worker, GridProgress Progress, DateTimeOffset? ChangedAt);
