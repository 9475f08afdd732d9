namespace CityOps.Gis.PostGis.Batches;

/// <summary>What is to be done next with an import job.</summary>
public enum ImportTask
{
    /// <summary>Say what the delivery is.</summary>
    Inspect,

    /// <summary>Read, check, stage and compare it.</summary>
    Import,
    Publish,
    RollBack,
    Drop,
}
