using CityOps.Gis.Crs;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>Points no farther from a place than so many metres along the ellipsoid, as <c>ST_DWithin</c> of geographies, except within the world unit (9 mm) of the circle.</summary>
sealed class CircleCondition(LayerSnapshot snapshot, NearPlace near) : RowCondition
{
    readonly WorldBox _box = WorldBox.OfDegrees(near.Box);

    public override bool MayHold(BlockLevel level, int at) => _box.Meets(level.Box(at));

    public override bool Matches(int row)
        => row < snapshot.Placed && snapshot.X[row] is var x && snapshot.Y[row] is var y && _box.Holds(x, y)
            && Geodesic.Meters(near.Longitude, near.Latitude, AreaCondition.Longitude(x), AreaCondition.Latitude(y)) <= near.Meters;
}
