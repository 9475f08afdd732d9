using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Polygons as GeoJSON (RFC 7946) with every digit of their coordinates, so that shared edges stay shared.</summary>
sealed class GeoJsonText
{
    readonly StringBuilder _text = new();

    public string Of(Geometry geometry)
    {
        if (geometry is Polygon polygon)
            Write("Polygon", () => Rings(polygon));
        else
            Write("MultiPolygon", () => Sequence(geometry.NumGeometries, index => Rings((Polygon)geometry.GetGeometryN(index))));
        return _text.ToString();
    }

    void Write(string type, Action coordinates)
    {
        _text.Append("{\"type\":\"").Append(type).Append("\",\"coordinates\":");
        coordinates();
        _text.Append('}');
    }

    void Rings(Polygon polygon) => Sequence(polygon.NumInteriorRings + 1, ring => Positions(ring == 0 ? polygon.ExteriorRing : polygon.GetInteriorRingN(ring - 1)));

    void Positions(LineString ring)
    {
        var points = ring.Coordinates;
        Sequence(points.Length, at => _text.Append(CultureInfo.InvariantCulture, $"[{points[at].X:R},{points[at].Y:R}]"));
    }

    void Sequence(int count, Action<int> member)
    {
        _text.Append('[');
        for (var index = 0; index < count; index++)
        {
            if (index > 0)
                _text.Append(',');
            member(index);
        }
        _text.Append(']');
    }
}
