using CityOps.Gis.Assessment;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>How somebody did in one kind of work (<see cref="AssessedKinds.IsPerson"/>), with the indicators that rate it.</summary>
public sealed record OwnRating(AssessedKind Kind, IReadOnlyList<Indicator> Indicators, Rating Rating);
