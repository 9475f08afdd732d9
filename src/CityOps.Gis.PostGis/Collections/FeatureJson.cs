using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>
/// Writes rows of a page as GeoJSON features (RFC 7946, 3.2), straight from the bytes the database sent: texts are not made strings, geometries are not made
/// objects. Used by one request.
/// </summary>
public sealed class FeatureJson
{
    static readonly JsonEncodedText Type = JsonEncodedText.Encode("type"), Feature = JsonEncodedText.Encode("Feature"), Id = JsonEncodedText.Encode("id");
    static readonly JsonEncodedText Geometry = JsonEncodedText.Encode("geometry"), Properties = JsonEncodedText.Encode("properties");

    readonly (JsonEncodedText Name, FieldType Type)[] _columns;
    readonly GeometryJson _geometry;

    public FeatureJson(LayerDefinition layer, OutputCrs crs)
    {
        _columns = [.. FeatureColumn.Of(layer).Select(column => (JsonEncodedText.Encode(column.Name), column.Type))];
        _geometry = new(crs);
    }

    /// <summary>Writes the feature that the page stands at.</summary>
    public void Write(FeaturePage page, Utf8JsonWriter to)
    {
        to.WriteStartObject();
        WriteMembers(page, to);
        to.WriteEndObject();
    }

    /// <summary>The members of the feature, for who adds others to them.</summary>
    public void WriteMembers(FeaturePage page, Utf8JsonWriter to)
    {
        var row = page.Row;
        to.WriteString(Type, Feature);
        to.WriteNumber(Id, page.LastFid);
        to.WritePropertyName(Geometry);
        if (row.IsDBNull(FeatureColumn.Shape))
            to.WriteNullValue();
        else
            _geometry.Write(row.GetFieldValue<byte[]>(FeatureColumn.Shape), to);
        to.WriteStartObject(Properties);
        for (var at = 0; at < _columns.Length; at++)
            WriteProperty(row, FeatureColumn.First + at, _columns[at].Name, _columns[at].Type, to);
        to.WriteEndObject();
    }

    static void WriteProperty(NpgsqlDataReader row, int column, JsonEncodedText name, FieldType type, Utf8JsonWriter to)
    {
        if (row.IsDBNull(column))
        {
            to.WriteNull(name);
            return;
        }
        switch (type)
        {
            case FieldType.Text:
                to.WriteString(name, row.GetFieldValue<byte[]>(column));
                break;
            case FieldType.Integer:
                to.WriteNumber(name, row.GetInt64(column));
                break;
            case FieldType.Real:
                WriteReal(name, row.GetDouble(column), to);
                break;
            case FieldType.Date:
                to.WriteString(name, row.GetFieldValue<DateOnly>(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case FieldType.DateTime:
                to.WriteString(name, row.GetDateTime(column));
                break;
            case FieldType.Boolean:
                to.WriteBoolean(name, row.GetBoolean(column));
                break;
            default:
                to.WriteStartArray(name);
                foreach (var text in row.GetFieldValue<string[]>(column))
                    to.WriteStringValue(text);
                to.WriteEndArray();
                break;
        }
    }

    // JSON has no infinities and no "not a number".
    static void WriteReal(JsonEncodedText name, double value, Utf8JsonWriter to)
    {
        if (double.IsFinite(value))
            to.WriteNumber(name, value);
        else
            to.WriteNull(name);
    }
}
