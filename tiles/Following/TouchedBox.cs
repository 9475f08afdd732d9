using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Following;

/// <summary>Where an old or new version of a feature lies: at a spot, or within the box of its shape, which tiles show over their edges too.</summary>
/// <param name="Version">Number of the change, as in <see cref="TouchedTiles"/>.</param>
readonly record struct TouchedBox(WorldBox Box, bool IsShape, long Version)
{
    LayerSnapshot? Snapshot { get; init; }
    int Row { get; init; }

    /// <summary>Null where the row has no place.</summary>
    public static TouchedBox? Of(LayerSnapshot snapshot, int row, long version)
        => row >= snapshot.Placed ? null
            : snapshot.Shapes.Of(row) is >= 0 and var shape
                ? new(snapshot.Shapes.Box(shape), true, version) { Snapshot = snapshot, Row = row }
                : new(new(snapshot.X[row], snapshot.Y[row], snapshot.X[row], snapshot.Y[row]), false, version) { Snapshot = snapshot, Row = row };

    /// <summary>Does the version lie in a scope?</summary>
    /// <param name="departments">The scope's, and those below them.</param>
    public bool IsIn(JurisdictionScope scope, IReadOnlySet<string> departments)
    {
        var (snapshot, row) = (Snapshot!, Row);
        bool Holds(CodeColumn column, IReadOnlyCollection<string> codes) => column.Text(column[row]) is { } code && codes.Contains(code);
        return Holds(snapshot.District, scope.Districts) || Holds(snapshot.Subdistrict, scope.Subdistricts) || Holds(snapshot.Community, scope.Communities)
            || Holds(snapshot.Grid, scope.Grids) || Holds(snapshot.Department, departments);
    }
}
