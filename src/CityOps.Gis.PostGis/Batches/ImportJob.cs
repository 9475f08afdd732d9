using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>A delivery that a person brought by the page, and what is being done with it.</summary>
/// <param name="Name">What people call it: the file, or the folder.</param>
/// <param name="Folder">Name of the folder of uploads that holds its files; null for a batch begun by the command line.</param>
/// <param name="Settings">JSON of the importer's settings as far as they are decided; null before the inspection.</param>
/// <param name="BatchId">The batch that came of it.</param>
/// <param name="Maker">Who brought it; nameless for a batch that the command line began before it kept who did.</param>
public sealed record ImportJob(long Id, string Name, string? Folder, ImportJobState State, ImportTask Task, string? Settings, long? BatchId, DateTimeOffset CreatedAt, DeliveryMaker Maker)
{
    /// <summary>Name of the step that runs (<c>inspect</c>, <c>stage</c>, …).</summary>
    public string? Step { get; init; }

    /// <summary>Rows done in this step.</summary>
    public long Done { get; init; }

    /// <summary>Null while it is not known.</summary>
    public long? Total { get; init; }

    /// <summary>Rows refused so far.</summary>
    public long Refused { get; init; }

    /// <summary>Since when the step runs.</summary>
    public TimeSpan InStep { get; init; }
    public LocalText? Fault { get; init; }

    /// <summary>How often it was begun without coming to an end.</summary>
    public int Attempts { get; init; }

    /// <summary>A person has asked to stop it.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Who asked for <see cref="Task"/>, as the audit log is to name them; null before anything was asked for.</summary>
    public (string? Id, string Name, string? Address)? AskedBy { get; init; }

    /// <summary>True while it is worked on, or waits for its turn.</summary>
    public bool IsAtWork => State is ImportJobState.Queued or ImportJobState.Running;
}
