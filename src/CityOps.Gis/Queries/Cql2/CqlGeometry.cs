using NetTopologySuite.Geometries;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>A place that stands in the filter, in degrees (longitude, latitude; EPSG:4490, which counts as equal to CRS 84).</summary>
/// <param name="IsBox">Written as a box: <c>BBOX(…)</c>.</param>
public sealed record CqlGeometry(Geometry Place, bool IsBox, int Offset = 0) : CqlExpression(Offset)
{
    public override CqlType Type => CqlType.Geometry;
}
