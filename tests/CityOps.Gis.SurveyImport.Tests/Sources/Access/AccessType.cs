namespace CityOps.Gis.Tests.SurveyImport.Sources.Access;

/// <summary>Types of Access columns, numbered as the file numbers them.</summary>
enum AccessType : byte
{
    Boolean = 1, Integer = 3, Long = 4, Double = 7, DateTime = 8, Text = 10, Ole = 11, Memo = 12,
}
