namespace CityOps.Gis.SurveyImport.Sources.Access;

/// <summary>What a reader of an Access table needs besides the layer's description.</summary>
/// <param name="Name">Name of the table.</param>
/// <param name="Shape">Which of its columns holds ESRI's shapes; -1 in a table without.</param>
readonly record struct AccessTable(string Name, int Shape);
