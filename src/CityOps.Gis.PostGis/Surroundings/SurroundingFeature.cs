using CityOps.Gis.Features;

namespace CityOps.Gis.PostGis.Surroundings;

/// <summary>A feature that was found about another one.</summary>
/// <param name="Meters">How far it is, along the ellipsoid of CGCS2000; null where it was not found by its place.</param>
public sealed record SurroundingFeature(Feature Feature, double? Meters);
