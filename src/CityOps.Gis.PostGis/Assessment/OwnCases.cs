namespace CityOps.Gis.PostGis.Assessment;

/// <summary>The cases behind a figure of somebody's own.</summary>
/// <param name="Cases">Those that he sees today.</param>
/// <param name="Unseen">How many lie outside his scope by now; they count all the same.</param>
public sealed record OwnCases(IReadOnlyList<AssessedCase> Cases, long Unseen);
