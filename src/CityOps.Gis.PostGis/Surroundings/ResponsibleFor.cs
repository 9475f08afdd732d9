namespace CityOps.Gis.PostGis.Surroundings;

/// <summary>A department and what it answers for in a district, by <c>cityops.responsibility</c>.</summary>
/// <param name="Classes">Beginnings of class codes; an empty text = all that no other rule names.</param>
public sealed record ResponsibleFor(string Code, string? Name, IReadOnlyList<string> Classes);
