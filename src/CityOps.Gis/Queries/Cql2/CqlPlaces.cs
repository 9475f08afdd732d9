using CityOps.Gis.Layers;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>What a place in a question must obey, however it is written.</summary>
static class CqlPlaces
{
    /// <summary>Refuses something at an offset; the reader goes no further.</summary>
    public delegate CqlExpression Refuse(int offset, string zh, string en);

    public static readonly GeometryFactory Factory = new(new PrecisionModel(), 4490);

    /// <summary>A place within the world, whose rings do not cross themselves: PostGIS has no answer for others.</summary>
    public static CqlExpression Checked(Geometry place, bool isBox, int offset, Refuse refuse) => Fault(place) is { } fault
        ? refuse(offset, fault.Zh, fault.En)
        : new CqlGeometry(place, isBox, offset);

    /// <summary>Why a place cannot be asked about; null = it can.</summary>
    public static LocalText? Fault(Geometry place)
    {
        if (place.IsEmpty)
            return new("地点不能为空。", "a place cannot be empty.");
        var box = place.EnvelopeInternal;
        if (box.MinX < -180 || box.MaxX > 180 || box.MinY < -90 || box.MaxY > 90)
            return new("坐标应为“经度 纬度”，单位为度，经度在 ±180、纬度在 ±90 之内。", "coordinates are longitude and latitude in degrees, within ±180 and ±90.");
        return new IsValidOp(place).ValidationError is { } error
            ? new($"几何不合法，在 {error.Coordinate.X:R} {error.Coordinate.Y:R} 附近自相交或环有误。", $"this shape is not valid near {error.Coordinate.X:R} {error.Coordinate.Y:R}: {error.Message}.")
            : null;
    }

    /// <summary>Why a run of places is no ring; null = it is one.</summary>
    public static LocalText? RingFault(IReadOnlyList<Coordinate> ring)
        => ring.Count < 4 ? new("环至少有四个点，首尾相同。", "a ring has at least four points, the last of which is the first.")
        : !ring[0].Equals2D(ring[^1]) ? new("环没有闭合：末点应与首点相同。", "this ring is not closed: its last point should be its first.")
        : null;

    /// <summary>A box as a polygon; of six numbers the heights are passed over.</summary>
    public static CqlExpression Box(IReadOnlyList<double> numbers, int offset, Refuse refuse)
    {
        if (numbers is not ([_, _, _, _] or [_, _, _, _, _, _]))
            return refuse(offset, "范围应有四个数：西、南、东、北。", "a box has four numbers: west, south, east, north.");
        var (west, south, east, north) = numbers.Count == 4 ? (numbers[0], numbers[1], numbers[2], numbers[3]) : (numbers[0], numbers[1], numbers[3], numbers[4]);
        if (west >= east || south >= north)
            return refuse(offset, "范围的西应小于东，南应小于北。", "west should be less than east and south less than north.");
        return Checked(Factory.ToGeometry(new Envelope(west, east, south, north)), isBox: true, offset, refuse);
    }
}
