
namespace CityOps.Gis.PostGis.Search;

/// <summary>What somebody typed into the search box.</summary>
/// <param name="Limit">Most answers.</param>
/// <param name="Layers">Layers to look into; empty = all.</param>
public sealed record SearchQuestion(string Text, int Limit = 10, IReadOnlyList<string>? Layers = null);
