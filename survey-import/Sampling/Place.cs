namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A place that a survey team takes in as a whole. <paramref name="I"/>, <paramref name="J"/>: first vertex of a street, vertex of a crossing, cell of a yard.</summary>
/// <param name="Edges">Edges of a stretch of street; 0 elsewhere.</param>
/// <param name="Rank">The lower, the sooner it is surveyed.</param>
readonly record struct Place(PlaceKind Kind, bool IsNorth, RoadClass Class, short I, short J, byte Edges, int Community, float Rank);
