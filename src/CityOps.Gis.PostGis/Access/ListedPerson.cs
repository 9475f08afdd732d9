namespace CityOps.Gis.PostGis.Access;

/// <summary>A person as the list of people shows them.</summary>
/// <param name="IsLocked">Too many wrong passwords; passes by itself.</param>
/// <param name="SeenAt">When one of their sessions was last seen; null where there is none that is remembered.</param>
/// <param name="TakenOutAt">When the personal data were taken out; null where they are there.</param>
public sealed record ListedPerson(PersonRights Rights, bool IsDisabled, bool HasTwoFactor, bool IsLocked, DateTimeOffset? SeenAt, DateTimeOffset? TakenOutAt);
