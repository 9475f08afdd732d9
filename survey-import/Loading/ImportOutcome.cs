namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>How an import ended.</summary>
public enum ImportOutcome
{
    /// <summary>Nothing was begun: a person must answer questions first.</summary>
    Asked,

    /// <summary>Checked and compared only, as asked; nothing was kept.</summary>
    Checked,

    /// <summary>Staged; a limit of the settings was passed, so a person decides.</summary>
    Waits,
    Published,

    /// <summary>The layer holds all of it already.</summary>
    Unchanged,
}
