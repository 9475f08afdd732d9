using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>A step that a part has taken: a row of <c>cases.part_step</c>.</summary>
/// <param name="Step">Id in <see cref="PartSteps.All"/>.</param>
/// <param name="Who">The name at that time.</param>
public sealed record TakenStep(int Part, int Number, DateTimeOffset At, string Step, PartState To, string? WhoId, string Who, string? Note);
