using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Tiles.Following;

/// <summary>What open maps are told after a change is visible.</summary>
/// <param name="Version">Number of the change, as in <see cref="TouchedTiles"/>; 0 = untold.</param>
/// <param name="Tiles">The touched tiles, of one zoom, which stand for those that hold them and those they hold; null = all of the layer.</param>
/// <param name="Beside">Touched tiles of coarser zooms that hold none of these: they show a shape only beyond their edge. They stand for themselves.</param>
public sealed record LayerChange(string LayerId, long Version, IReadOnlyList<TileCoord>? Tiles, IReadOnlyList<TileCoord>? Beside = null)
{
    /// <summary>The old and new versions of features behind the tiles.</summary>
    internal IReadOnlyList<TouchedBox> Touched { get; init; } = [];

    /// <summary>What of the change lies in a scope, without the layer's version, which tells of changes elsewhere; null where nothing does. Of a layer that was loaded anew nothing is known, so that all of it may have changed.</summary>
    public LayerChange? Within(JurisdictionScope scope, DepartmentTree departments)
    {
        if (Tiles is null)
            return this with { Version = 0 };
        var departmentsBelow = departments.Below(scope.Departments).ToHashSet();
        return Touched.Where(one => one.IsIn(scope, departmentsBelow)).ToList() is { Count: > 0 } seen
            ? TouchedList.Of(seen) is { } list ? new(LayerId, 0, list.Tiles, list.Beside) : new(LayerId, 0, null)
            : null;
    }
}
