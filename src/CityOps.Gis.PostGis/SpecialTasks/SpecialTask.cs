namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>A special task (专项任务) as far as the caller sees its grids.</summary>
/// <param name="Who">Who made it; the name at that time.</param>
/// <param name="Grids">How many there are in the caller's scope.</param>
/// <param name="GridsDone">Grids whose every item is ticked.</param>
/// <param name="Ticked">Items over all grids, of <paramref name="Ticks"/>.</param>
/// <param name="NotInOrder">Those of them that are not in order.</param>
public sealed record SpecialTask(
    long Id, string Title, string? Brief, DateTimeOffset Begins, DateTimeOffset Ends, string Who, DateTimeOffset? WithdrawnAt, long Grids, long GridsDone, long Ticks, long Ticked, long NotInOrder)
{
    /// <summary>Its time is over and something is not ticked.</summary>
    public bool IsOverdue(DateTimeOffset now) => WithdrawnAt is null && now > Ends && GridsDone < Grids;

    /// <summary>Can items be ticked now? Late, they still can.</summary>
    public bool IsRunning(DateTimeOffset now) => WithdrawnAt is null && now >= Begins;
}
