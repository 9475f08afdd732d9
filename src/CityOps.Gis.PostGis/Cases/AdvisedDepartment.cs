namespace CityOps.Gis.PostGis.Cases;

/// <summary>A department that a case could be dispatched to, and why.</summary>
/// <param name="IsByRule">It falls to it by its stamp, its class or its component.</param>
/// <param name="Meters">To the nearest case of the class that it has handled of late; null where there is none near.</param>
/// <param name="Handled">How many such cases there are near.</param>
public sealed record AdvisedDepartment(string Code, string? Name, bool IsByRule, double? Meters, long Handled);
