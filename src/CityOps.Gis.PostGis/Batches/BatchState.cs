namespace CityOps.Gis.PostGis.Batches;

/// <summary>How far a batch has come. Every state but the last three can be resumed.</summary>
public enum BatchState
{
    Created,
    /// <summary>Rows are being written to the staging table; after a crash it is filled anew.</summary>
    Staging,
    /// <summary>Staged, checked and compared; waits for publication.</summary>
    Staged,
    Published,
    RolledBack,
    Dropped,
}
