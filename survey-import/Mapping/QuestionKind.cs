namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>What a question about a delivery is after.</summary>
public enum QuestionKind
{
    /// <summary>Which column is the key.</summary>
    Key,

    /// <summary>Which columns are the coordinates; answered by another file.</summary>
    Geometry,
    Crs,

    /// <summary>The city's parameters from an older or a local system.</summary>
    DatumShift,

    /// <summary>Whether a web map's shift is to be taken out.</summary>
    WebMapOffset,
}
