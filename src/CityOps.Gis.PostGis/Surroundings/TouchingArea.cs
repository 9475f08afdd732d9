namespace CityOps.Gis.PostGis.Surroundings;

/// <summary>An area that has an edge or a corner in common with another of its level.</summary>
/// <param name="Bearing">Degrees from north, clockwise, in which its middle lies as seen from the other's.</param>
public sealed record TouchingArea(SpineNode Node, double Bearing);
