namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Error = the row goes to quarantine; warning = the row goes in and is reported; note = for information.</summary>
public enum Severity { Note, Warning, Error }
