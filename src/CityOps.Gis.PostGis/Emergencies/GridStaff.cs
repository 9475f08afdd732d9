namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>A management grid with who looks after it; name and number are null for those who may not see contacts.</summary>
/// <param name="Grids">Codes of its unit grids.</param>
public sealed record GridStaff(string Code, string? Name, string? Worker, string? Phone, IReadOnlyList<string> Grids);
