namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>A field as the file declares it.</summary>
/// <param name="Width">Declared width in bytes or characters; null when the format has none.</param>
public sealed record SourceColumn(string Name, SourceColumnType Type, int? Width = null);

/// <summary>The Column class that carries the values: Text, Integer, Real, Date or Timestamp (Boolean comes as Integer 0/1).</summary>
public enum SourceColumnType { Text, Integer, Real, Date, Timestamp, Boolean }
