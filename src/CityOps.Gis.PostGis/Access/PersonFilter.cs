namespace CityOps.Gis.PostGis.Access;

/// <summary>Which people a list shows.</summary>
/// <param name="Words">Held by the name or the sign-in name; empty for everybody.</param>
/// <param name="Role">Id of a role that they have; null for any.</param>
/// <param name="Department">Code of a department that stands in their scope itself; null for any.</param>
public sealed record PersonFilter(string Words = "", string? Role = null, string? Department = null);
