namespace CityOps.Gis.PostGis.Access;

/// <summary>A change of somebody's way of signing in, of which the person is told.</summary>
/// <param name="Id">Of the entry in the audit log.</param>
/// <param name="Name">The person's, whose way it is.</param>
/// <param name="Kind">As the audit log names it.</param>
/// <param name="Who">Who changed it; the name at that time.</param>
/// <param name="IsOwn">By the person, or by somebody who was signed in as the person.</param>
/// <param name="Address">Null for a command at the machine.</param>
/// <param name="Subject">What it is about: for a key its name.</param>
/// <param name="IsOn">Of the second step: was it switched on?</param>
public sealed record CredentialNotice(
    long Id, Guid PersonId, string Name, string Kind, DateTimeOffset At, string Who, bool IsOwn, string? Address, string? Subject, bool? IsOn, DateTimeOffset? ConfirmedAt, DateTimeOffset? DisputedAt);
