namespace CityOps.Gis.PostGis.History;

/// <summary>A field, or a level of the jurisdiction, that has another value than before.</summary>
/// <param name="Name">As <see cref="CityOps.Gis.Queries.Queryables"/> names it.</param>
public sealed record FieldChange(string Name, object? Before, object? After);
