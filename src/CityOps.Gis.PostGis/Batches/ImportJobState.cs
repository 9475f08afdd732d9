namespace CityOps.Gis.PostGis.Batches;

/// <summary>Where an import job stands.</summary>
public enum ImportJobState
{
    /// <summary>Its files are not all here yet.</summary>
    Uploading,

    /// <summary>Waits for one of the places at which imports are worked on.</summary>
    Queued,
    Running,

    /// <summary>Inspected; a person looks at what was found, and starts the import.</summary>
    Found,

    /// <summary>Staged, checked and compared; a person looks at the outcome, and publishes or drops it.</summary>
    Staged,

    /// <summary>What became of it is the state of its batch.</summary>
    Ended,

    /// <summary>The program ended several times while it was at work on it; a person may let it go on.</summary>
    Interrupted,

    /// <summary>Stopped at a fault, which is said.</summary>
    Failed,
    Cancelled,
}
