namespace CityOps.Gis.PostGis.Audit;

/// <summary>An entry of the audit log.</summary>
/// <param name="Kind">As it is stored; a newer version may have written one that this one does not know.</param>
/// <param name="Before">What was before and is after, as JSON.</param>
public sealed record AuditEntry(
    long Id, DateTimeOffset At, string Kind, string? WhoId, string Who, string? Address, string? LayerId, long? Fid, string? Subject, string? Before, string? After);
