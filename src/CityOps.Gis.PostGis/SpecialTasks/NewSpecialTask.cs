using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis.SpecialTasks;

/// <summary>A special task that somebody wants to make.</summary>
/// <param name="Items">At least one, at most 50; their numbers follow from the order.</param>
public sealed record NewSpecialTask(string Title, DateTimeOffset Begins, DateTimeOffset Ends, IReadOnlyList<SpecialItem> Items)
{
    public string? Brief { get; init; }

    /// <summary>Code of an area of the spine whose unit grids it is for.</summary>
    public string? Area { get; init; }

    /// <summary>Instead of it: a polygon in degrees (EPSG:4490) whose unit grids it is for: those that it holds the middle of.</summary>
    public Geometry? Polygon { get; init; }

    /// <summary>A sender that may send twice names each task once: the second time it gets the task of the first.</summary>
    public Guid? Token { get; init; }
}
