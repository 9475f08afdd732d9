using CityOps.Gis.SurveyImport.Checking;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A line of <c>defects.csv</c>: a fault the importer must find.</summary>
/// <param name="Row">From 1; 0 = the whole file.</param>
/// <param name="Note">What was done; <c>also X</c> names other codes that follow from the same fault.</param>
sealed record PlantedDefect(string File, long Row, string Field, IssueCode Code, Severity Severity, string Note);
