namespace CityOps.Gis.PostGis.Surroundings;

/// <summary>The first features of an answer and how many there are in all.</summary>
/// <param name="Count">Exact.</param>
public sealed record SurroundingFeatures(long Count, IReadOnlyList<SurroundingFeature> First);
