using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>A case that a citizen reported, as a citizens' portal may show it.</summary>
/// <param name="Number">The case number (案件编号).</param>
/// <param name="Longitude">Degrees (EPSG:4490).</param>
public sealed record CitizenCase(
    string Number, CaseStage Stage, string? ClassCode, string? Title, string? DepartmentName, string? Address, DateTimeOffset? ReportedAt, DateTimeOffset ChangedAt, DateTimeOffset? Deadline, double Longitude, double Latitude);
