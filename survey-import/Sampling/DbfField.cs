namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A column of a .dbf file.</summary>
/// <param name="Name">At most 10 bytes in GBK.</param>
/// <param name="Type"><c>C</c> text, <c>N</c> number, <c>D</c> date as yyyymmdd.</param>
/// <param name="Width">Bytes.</param>
public sealed record DbfField(string Name, char Type, int Width, int Decimals = 0);
