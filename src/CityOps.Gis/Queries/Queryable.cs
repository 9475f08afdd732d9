using CityOps.Gis.Layers;

namespace CityOps.Gis.Queries;

/// <summary>A property that a filter may name.</summary>
/// <param name="Name">Also the column.</param>
/// <param name="Type">Null = the feature's geometry.</param>
/// <param name="CodeList">Id of the list its values are from.</param>
public sealed record Queryable(string Name, FieldType? Type, LocalText Title, string? CodeList = null);
