using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>A part of a case as it stands in a list of tasks.</summary>
/// <param name="Number">1, 2, … within the case.</param>
/// <param name="Asked">What the department shall do.</param>
public sealed record TaskPart(int Number, string Asked, PartState State);
