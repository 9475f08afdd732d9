namespace CityOps.Gis.Codes;

/// <summary>Why a text is no identification code. The names are those of the importer's issue codes.</summary>
public enum CodeFault { None, CodeMissing, CodeLength, CodeCharacters, CodeSerialZero }
