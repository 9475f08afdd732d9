using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Crs;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.Formats;

/// <summary>GeoJSON as one FeatureCollection (RFC 7946), as a sequence (RFC 8142), or with a feature a line.</summary>
sealed class GeoJsonWriter : IExportWriter
{
    const byte RecordSeparator = 0x1E;

    readonly ExportFormat _format;
    readonly JsonEncodedText[] _names;
    readonly FieldType[] _types;
    readonly int _decimals;
    readonly SendBuffer _buffer;
    readonly Utf8JsonWriter _json;
    bool _isFirst = true;

    public GeoJsonWriter(ExportRequest request, IReadOnlyList<ExportColumn> columns, Stream target)
    {
        _format = request.Format;
        _names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
        _types = [.. columns.Select(column => column.Type)];
        _decimals = request.Decimals;
        _buffer = new(target);
        _json = new(_buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        if (_format == ExportFormat.GeoJson)
            Put($$"""{"type":"FeatureCollection","name":"{{request.Question.Layer.Id}}",{{Crs(request.Crs)}}"features":[""");
    }

    public ValueTask Add(ExportRow row, CancellationToken cancel)
    {
        if (_format == ExportFormat.GeoJsonSeq)
            _buffer.WriteByte(RecordSeparator);
        else if (_format == ExportFormat.GeoJson && !_isFirst)
            _buffer.WriteByte((byte)',');
        if (_format == ExportFormat.GeoJson)
            _buffer.WriteByte((byte)'\n');
        _isFirst = false;
        WriteFeature(row);
        _json.Flush();
        _json.Reset(_buffer);
        if (_format != ExportFormat.GeoJson)
            _buffer.WriteByte((byte)'\n');
        return _buffer.SendBlocks(cancel);
    }

    public ValueTask End(CancellationToken cancel)
    {
        if (_format == ExportFormat.GeoJson)
            Put("\n]}\n");
        return _buffer.SendAll(cancel);
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();

    // RFC 7946 knows WGS 84 alone; GDAL and QGIS read this older member, and who does not is wrong by centimetres in degrees.
    static string Crs(CrsDefinition crs) => crs.Epsg == 4326 ? "" : $$$"""{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::{{{crs.Epsg}}}"}}""" is var member ? $"\"crs\":{member}," : "";

    void Put(string ascii)
    {
        foreach (var one in ascii)
            _buffer.WriteByte((byte)one);
    }

    void WriteFeature(ExportRow row)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, "Feature"u8);
        _json.WriteNumber("id"u8, row.Fid);
        _json.WriteStartObject("properties"u8);
        for (var column = 0; column < _names.Length; column++)
            WriteProperty(row, column);
        _json.WriteEndObject();
        _json.WritePropertyName("geometry"u8);
        if (row.Shape is { } shape)
            WriteGeometry(shape);
        else
            _json.WriteNullValue();
        _json.WriteEndObject();
    }

    void WriteProperty(ExportRow row, int column)
    {
        _json.WritePropertyName(_names[column]);
        if (row.IsNull(column))
            _json.WriteNullValue();
        else
            switch (_types[column])
            {
                case FieldType.Integer:
                    _json.WriteNumberValue(row.Integer(column));
                    break;
                case FieldType.Real when double.IsFinite(row.Real(column)):
                    _json.WriteNumberValue(row.Real(column));
                    break;
                case FieldType.Boolean:
                    _json.WriteBooleanValue(row.Truth(column));
                    break;
                case FieldType.List:
                    _json.WriteStartArray();
                    foreach (var member in row.List(column))
                        _json.WriteStringValue(member);
                    _json.WriteEndArray();
                    break;
                default:
                    _json.WriteStringValue(row.Text(column));
                    break;
            }
    }

    void WriteGeometry(FlatShape shape)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, shape.Kind switch
        {
            GeometryKind.Point => shape.IsMulti ? "MultiPoint"u8 : "Point"u8,
            GeometryKind.Line => shape.IsMulti ? "MultiLineString"u8 : "LineString"u8,
            _ => shape.IsMulti ? "MultiPolygon"u8 : "Polygon"u8,
        });
        _json.WritePropertyName("coordinates"u8);
        if (shape is { Kind: GeometryKind.Point, IsMulti: false })
            WritePosition(shape, 0);
        else if (shape.Kind == GeometryKind.Point)
            WritePositions(shape, 0, shape.X.Length);
        else if (shape is { Kind: GeometryKind.Line, IsMulti: false })
            WritePositions(shape, 0, shape.X.Length);
        else
            WriteParts(shape);
        _json.WriteEndObject();
    }

    void WriteParts(FlatShape shape)
    {
        var isNested = shape is { Kind: GeometryKind.Polygon, IsMulti: true };
        _json.WriteStartArray();
        for (int part = 0, first = 0, polygon = 0; part < shape.PartEnds.Length; first = shape.PartEnds[part++])
        {
            if (isNested && (part == 0 || part == shape.PolygonEnds[polygon - 1]))
            {
                _json.WriteStartArray();
                polygon++;
            }
            WritePositions(shape, first, shape.PartEnds[part]);
            if (isNested && part + 1 == shape.PolygonEnds[polygon - 1])
                _json.WriteEndArray();
        }
        _json.WriteEndArray();
    }

    void WritePositions(FlatShape shape, int first, int end)
    {
        _json.WriteStartArray();
        for (var at = first; at < end; at++)
            WritePosition(shape, at);
        _json.WriteEndArray();
    }

    void WritePosition(FlatShape shape, int at)
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(Math.Round(shape.X[at], _decimals));
        _json.WriteNumberValue(Math.Round(shape.Y[at], _decimals));
        _json.WriteEndArray();
    }
}
