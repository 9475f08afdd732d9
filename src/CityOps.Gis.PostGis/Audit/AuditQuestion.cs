namespace CityOps.Gis.PostGis.Audit;

/// <summary>Which entries of the audit log are asked for; what is null does not narrow.</summary>
/// <param name="Who">Part of a name, or a whole id.</param>
/// <param name="Until">Entries before this moment.</param>
/// <param name="Words">Part of a subject.</param>
public sealed record AuditQuestion(
    string? Who = null, AuditKind? Kind = null, DateTimeOffset? From = null, DateTimeOffset? Until = null, string? LayerId = null, long? Fid = null, string? Words = null);
