using CityOps.Gis.Cases;
using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.Web.Cases;

/// <summary>What became of the same move of several cases; each was checked on its own.</summary>
/// <param name="Moved">Those that made it.</param>
/// <param name="Refused">Those that did not, and why.</param>
/// <param name="Left">How many were not tried, as somebody stopped.</param>
public sealed record BatchOutcome(CaseMove Move, IReadOnlyList<long> Moved, IReadOnlyList<(BoardCase Case, CaseRefusal Refusal)> Refused, int Left);
