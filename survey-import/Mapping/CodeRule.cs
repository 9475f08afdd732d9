namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>What the keys of a component delivery are.</summary>
public enum CodeRule
{
    /// <summary>Identification codes of the standard; a key that is none is refused.</summary>
    Standard,

    /// <summary>The house's own numbers; they must only be there and be different.</summary>
    Local,
}
