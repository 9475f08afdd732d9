using CityOps.Gis.PostGis.Batches;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>What people are told of where a delivery stands: a word (<c>state.…</c> of the texts) and a mood for its colour.</summary>
/// <param name="Word">Key of the text after <c>state.</c>.</param>
/// <param name="Mood"><c>busy</c>, <c>asks</c>, <c>good</c>, <c>bad</c> or <c>past</c>.</param>
public readonly record struct ImportMood(string Word, string Mood)
{
    public static ImportMood Of(ImportJob? job, Batch? batch) => job?.State switch
    {
        ImportJobState.Uploading => new("uploading", "busy"),
        ImportJobState.Queued => new("queued", "busy"),
        ImportJobState.Running => new("running." + job.Task.ToString().ToLowerInvariant(), "busy"),
        ImportJobState.Found => new("found", "asks"),
        ImportJobState.Interrupted => new("interrupted", "bad"),
        ImportJobState.Failed => new("failed", "bad"),
        ImportJobState.Cancelled => new("cancelled", "past"),
        _ => Of(batch),
    };

    static ImportMood Of(Batch? batch) => batch?.State switch
    {
        BatchState.Staged => new("staged", "asks"),
        BatchState.Published => new("published", "good"),
        BatchState.RolledBack => new("rolledback", "past"),
        BatchState.Dropped => new("dropped", "past"),
        // Begun by the command line, which shows its own progress.
        _ => new("open", "busy"),
    };
}
