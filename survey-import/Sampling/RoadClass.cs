namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Classes of roads (code list <c>road-classes</c>), widest first.</summary>
enum RoadClass : byte { Expressway, Arterial, Secondary, Branch, Neighbourhood, None }
