using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.SpecialTasks;

namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>What somebody says of an item in a grid.</summary>
/// <param name="After">How many ticks it has had, as he has seen; if there is one more, somebody was faster.</param>
public sealed record NewTick(long Task, string Grid, int Item, int After, TickState State)
{
    public string? Note { get; init; }
    public IReadOnlyList<NewPhoto> Photos { get; init; } = [];

    /// <summary>The case that was filed of it.</summary>
    public long? CaseFid { get; init; }
    public Guid? Token { get; init; }
}
