using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Mapping;
using NetTopologySuite.IO;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Turns refused rows into what quarantine keeps, and issues into what the database keeps.</summary>
static class RefusedRows
{
    static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static List<RefusedRow> Of(CheckedChunk chunk, LayerMapping mapping, int keyField)
    {
        var refused = new List<RefusedRow>();
        for (var row = 0; row < chunk.Source.Count; row++)
            if (chunk.IsRefused[row])
                refused.Add(new(mapping.Source.Name, chunk.Source.FirstRow + row, Record(chunk, mapping, row), chunk.Fields[keyField]?.Text(row), Geometry(chunk, row)));
        return refused;
    }

    public static List<StoredIssue> Issues(CheckedChunk chunk, LayerMapping mapping)
    {
        var stored = new List<StoredIssue>(chunk.Issues.Count);
        foreach (var issue in chunk.Issues)
        {
            var row = (int)(issue.Row - chunk.Source.FirstRow);
            var hasPlace = chunk.Geometry is { } geometry && !geometry.IsEmpty[row] && Math.Abs(geometry.X[row]) <= 180 && Math.Abs(geometry.Y[row]) <= 90;
            stored.Add(Stored(issue, mapping, hasPlace ? chunk.Geometry!.X[row] : null, hasPlace ? chunk.Geometry!.Y[row] : null));
        }
        return stored;
    }

    public static StoredIssue Stored(RowIssue issue, LayerMapping mapping, double? x = null, double? y = null)
        => new(mapping.Source.Name, issue.Row, issue.Code.ToString(), issue.Severity.ToString().ToLowerInvariant(), issue.Field, issue.Value, issue.Expected, x, y);

    static string Record(CheckedChunk chunk, LayerMapping mapping, int row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            writer.WriteStartObject();
            for (var column = 0; column < chunk.Source.Columns.Count; column++)
                // PostgreSQL's jsonb holds no NUL.
                writer.WriteString(mapping.Source.Columns[column].Name, chunk.Source.Columns[column].Text(row)?.Replace("\0", "", StringComparison.Ordinal));
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static byte[]? Geometry(CheckedChunk chunk, int row)
    {
        if (chunk.Geometry is not { } geometry || geometry.IsEmpty[row])
            return null;
        if (geometry.Wkb[row] is null)
            return new NetTopologySuite.Geometries.Point(geometry.X[row], geometry.Y[row]).AsBinary();
        try
        {
            return geometry.Kinds[row] == GeometryKind.Any ? null : new WKBReader().Read(geometry.Wkb[row]).AsBinary();
        }
        catch (Exception fault) when (fault is ArgumentException or ParseException)
        {
            // A ring that is not closed cannot be stored; the issue says what was wrong, and the delivery still has it.
            return null;
        }
    }
}
