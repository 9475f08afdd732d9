namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>What reading a sheet again needs.</summary>
/// <param name="Sheet">Position of the sheet in its workbook, from 0.</param>
readonly record struct WorkbookShape(TableShape Geometry, int Sheet);
