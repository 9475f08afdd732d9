namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>How a delivered column was recognised.</summary>
public enum MappedBy { Nothing, Profile, Name, CutName }
