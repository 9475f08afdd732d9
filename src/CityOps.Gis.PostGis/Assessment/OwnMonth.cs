namespace CityOps.Gis.PostGis.Assessment;

/// <summary>What counts for somebody in a period, by the kinds of work that he did in it.</summary>
/// <param name="ClosedAt">When the figures were kept; null where they are still counted.</param>
public sealed record OwnMonth(DateTimeOffset? ClosedAt, IReadOnlyList<OwnRating> Ratings);
