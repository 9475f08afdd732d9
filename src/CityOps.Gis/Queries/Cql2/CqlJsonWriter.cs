using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Writes a tree as CQL2 JSON (OGC 21-065r2, annex B.3).</summary>
static class CqlJsonWriter
{
    public static string Write(CqlExpression root)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, root);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, CqlExpression one)
    {
        switch (one)
        {
            case CqlLiteral literal:
                WriteLiteral(json, literal.Value);
                break;
            case CqlProperty property:
                WriteMember(json, "property", property.Name);
                break;
            case CqlGeometry { IsBox: true, Place.EnvelopeInternal: var box }:
                json.WriteStartObject();
                json.WritePropertyName("bbox");
                WriteNumbers(json, box.MinX, box.MinY, box.MaxX, box.MaxY);
                json.WriteEndObject();
                break;
            case CqlGeometry geometry:
                WritePlace(json, geometry.Place);
                break;
            case CqlInterval interval:
                json.WriteStartObject();
                json.WriteStartArray("interval");
                WriteEnd(json, interval.Start);
                WriteEnd(json, interval.End);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case CqlArray array:
                WriteList(json, array.Items);
                break;
            case CqlCall call:
                json.WriteStartObject();
                json.WriteString("op", call.Name);
                json.WritePropertyName("args");
                WriteList(json, call.Arguments);
                json.WriteEndObject();
                break;
        }
    }

    static void WriteLiteral(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string word:
                json.WriteStringValue(word);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case double real:
                json.WriteNumberValue(real);
                break;
            case DateOnly day:
                WriteMember(json, "date", CqlTimes.Text(day));
                break;
            default:
                WriteMember(json, "timestamp", CqlTimes.Text((DateTimeOffset)value));
                break;
        }
    }

    static void WriteEnd(Utf8JsonWriter json, CqlExpression? end)
    {
        if (end is null or CqlLiteral { Value: DateOnly or DateTimeOffset })
            json.WriteStringValue((end as CqlLiteral)?.Value switch { null => "..", DateOnly day => CqlTimes.Text(day), var moment => CqlTimes.Text((DateTimeOffset)moment) });
        else
            Write(json, end);
    }

    static void WriteList(Utf8JsonWriter json, IReadOnlyList<CqlExpression> items)
    {
        json.WriteStartArray();
        foreach (var item in items)
            Write(json, item);
        json.WriteEndArray();
    }

    static void WriteMember(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString(name, value);
        json.WriteEndObject();
    }

    // GeoJSON (RFC 7946, 3.1).
    static void WritePlace(Utf8JsonWriter json, Geometry place)
    {
        json.WriteStartObject();
        json.WriteString("type", place.GeometryType);
        if (place.OgcGeometryType == OgcGeometryType.GeometryCollection)
        {
            json.WriteStartArray("geometries");
            foreach (var part in ((GeometryCollection)place).Geometries)
                WritePlace(json, part);
            json.WriteEndArray();
        }
        else
        {
            json.WritePropertyName("coordinates");
            WriteCoordinates(json, place);
        }
        json.WriteEndObject();
    }

    static void WriteCoordinates(Utf8JsonWriter json, Geometry place)
    {
        if (place is Point point)
        {
            WriteNumbers(json, point.X, point.Y);
            return;
        }
        json.WriteStartArray();
        if (place is LineString line)
            for (var at = 0; at < line.NumPoints; at++)
                WriteNumbers(json, line.CoordinateSequence.GetX(at), line.CoordinateSequence.GetY(at));
        else if (place is Polygon polygon)
            foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
                WriteCoordinates(json, ring);
        else
            for (var part = 0; part < place.NumGeometries; part++)
                WriteCoordinates(json, place.GetGeometryN(part));
        json.WriteEndArray();
    }

    static void WriteNumbers(Utf8JsonWriter json, params ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
