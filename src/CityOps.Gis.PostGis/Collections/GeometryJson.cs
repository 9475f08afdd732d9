using System.Buffers.Binary;
using System.Text.Json;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>Turns two-dimensional ISO WKB, little-endian throughout (OGC 06-103r4, clause 8), into GeoJSON geometries (RFC 7946, 3.1) in one pass over the bytes.</summary>
sealed class GeometryJson(OutputCrs crs)
{
    const int Point = 1, LineString = 2, Polygon = 3, Collection = 7;

    static readonly JsonEncodedText Type = JsonEncodedText.Encode("type"), Coordinates = JsonEncodedText.Encode("coordinates"), Geometries = JsonEncodedText.Encode("geometries");
    static readonly JsonEncodedText[] Names =
        [.. new[] { "", "Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection" }.Select(name => JsonEncodedText.Encode(name))];

    double[] _x = new double[64], _y = new double[64];

    public void Write(ReadOnlySpan<byte> wkb, Utf8JsonWriter to)
    {
        var at = 0;
        WriteGeometry(wkb, ref at, to);
    }

    void WriteGeometry(ReadOnlySpan<byte> wkb, ref int at, Utf8JsonWriter to)
    {
        var kind = Header(wkb, ref at);
        to.WriteStartObject();
        to.WriteString(Type, Names[kind]);
        to.WritePropertyName(kind == Collection ? Geometries : Coordinates);
        if (kind == Collection)
            WriteMembers(wkb, ref at, to);
        else
            WriteCoordinates(kind, wkb, ref at, to);
        to.WriteEndObject();
    }

    void WriteMembers(ReadOnlySpan<byte> wkb, ref int at, Utf8JsonWriter to)
    {
        var members = Number(wkb, ref at);
        to.WriteStartArray();
        for (var member = 0; member < members; member++)
            WriteGeometry(wkb, ref at, to);
        to.WriteEndArray();
    }

    void WriteCoordinates(int kind, ReadOnlySpan<byte> wkb, ref int at, Utf8JsonWriter to)
    {
        if (kind == Point)
        {
            WritePoint(wkb, ref at, to);
            return;
        }
        if (kind == LineString)
        {
            WriteRun(wkb, ref at, to);
            return;
        }
        var parts = Number(wkb, ref at);
        to.WriteStartArray();
        for (var part = 0; part < parts; part++)
            if (kind == Polygon)
                WriteRun(wkb, ref at, to);
            else
                WriteCoordinates(Header(wkb, ref at), wkb, ref at, to);
        to.WriteEndArray();
    }

    // An empty point is "not a number" in WKB and an empty array in GeoJSON.
    void WritePoint(ReadOnlySpan<byte> wkb, ref int at, Utf8JsonWriter to)
    {
        if (double.IsNaN(BinaryPrimitives.ReadDoubleLittleEndian(wkb[at..])))
        {
            at += 16;
            to.WriteStartArray();
            to.WriteEndArray();
        }
        else
            WritePositions(wkb, ref at, 1, to);
    }

    void WriteRun(ReadOnlySpan<byte> wkb, ref int at, Utf8JsonWriter to)
    {
        var points = Number(wkb, ref at);
        to.WriteStartArray();
        WritePositions(wkb, ref at, points, to);
        to.WriteEndArray();
    }

    void WritePositions(ReadOnlySpan<byte> wkb, ref int at, int points, Utf8JsonWriter to)
    {
        if (points > _x.Length)
            (_x, _y) = (new double[points * 2], new double[points * 2]);
        var x = _x.AsSpan(0, points);
        var y = _y.AsSpan(0, points);
        for (var point = 0; point < points; point++, at += 16)
            (x[point], y[point]) = (BinaryPrimitives.ReadDoubleLittleEndian(wkb[at..]), BinaryPrimitives.ReadDoubleLittleEndian(wkb[(at + 8)..]));
        crs.Transform?.Apply(x, y);
        for (var point = 0; point < points; point++)
        {
            to.WriteStartArray();
            WriteNumber(crs.IsNorthFirst ? y[point] : x[point], to);
            WriteNumber(crs.IsNorthFirst ? x[point] : y[point], to);
            to.WriteEndArray();
        }
    }

    void WriteNumber(double value, Utf8JsonWriter to) => to.WriteNumberValue(crs.Transform is null ? value : Math.Round(value, crs.Decimals));

    static int Header(ReadOnlySpan<byte> wkb, ref int at)
    {
        var kind = BinaryPrimitives.ReadInt32LittleEndian(wkb[(at + 1)..]);
        at += 5;
        return kind is >= Point and <= Collection ? kind : throw new NotSupportedException($"WKB type {kind} is none of the two-dimensional simple features.");
    }

    static int Number(ReadOnlySpan<byte> wkb, ref int at)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(wkb[at..]);
        at += 4;
        return number;
    }
}
