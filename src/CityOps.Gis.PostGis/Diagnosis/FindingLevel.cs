namespace CityOps.Gis.PostGis.Diagnosis;

/// <summary>How bad a finding is, the worst last.</summary>
public enum FindingLevel
{
    Well,

    /// <summary>For information.</summary>
    Note,

    /// <summary>It works, but slower, less safely or not for long.</summary>
    Warning,

    /// <summary>It does not work, or data is in danger.</summary>
    Fault,
}
