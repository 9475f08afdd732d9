using System.Text;

namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>What reading a delimited text file again needs.</summary>
readonly record struct TextTableShape(TableShape Geometry, Encoding Encoding, char Delimiter);
