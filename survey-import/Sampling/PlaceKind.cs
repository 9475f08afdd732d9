namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Where components stand: along a stretch of street, at the corners of a crossing, inside a built-up block, in open country.</summary>
enum PlaceKind : byte { Roadside, Crossing, Yard, Country }
