namespace CityOps.Gis.PostGis.Audit;

/// <summary>Something that happened. Who did it and from where <see cref="AuditLog"/> knows by itself.</summary>
/// <param name="Before">What was before and is after, written as JSON; null where there is nothing to tell.</param>
/// <param name="Subject">What it is about where that is no feature: a person, a key, a batch.</param>
public sealed record AuditEvent(AuditKind Kind, string? Subject = null, object? Before = null, object? After = null)
{
    public string? LayerId { get; init; }
    public long? Fid { get; init; }

    /// <summary>Beginning of the version of the feature that it brought.</summary>
    public DateTimeOffset? ValidFrom { get; init; }
}
