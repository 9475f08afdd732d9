using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Search;

/// <summary>What somebody typed into the search box.</summary>
/// <param name="Limit">Most answers.</param>
/// <param name="Layers">Layers to look into; empty = all.</param>
/// <param name="Scope">What the caller may see; null = everything.</param>
public sealed record SearchQuestion(string Text, int Limit = 10, IReadOnlyList<string>? Layers = null, JurisdictionScope? Scope = null);
