using System.Text;
using System.Text.Json;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>
/// The refused rows as a delivery of their own, to be mended and imported again with <c>--mends</c>: delivered fields by their delivered names, and one more that
/// says what each row was refused for. Positions are CGCS2000 longitude and latitude (EPSG:4490), whatever was delivered.
/// </summary>
public static class QuarantineFile
{
    /// <summary>The added column, which a new import leaves aside.</summary>
    public const string Reasons = "refused_for";

    /// <param name="file">
    /// Ends in <c>.geojson</c>, <c>.csv</c> or <c>.xlsx</c>. Rows whose columns differ from the first ones' go to further files (<c>-2</c>, <c>-3</c>, …) or sheets.
    /// In tables, points are in the columns 经度 and 纬度, anything else as well-known text in the column WKT, in a file or sheet of its own; where the delivered columns
    /// would be taken for positions, lines and polygons go to a file <c>.geojson</c> beside.
    /// </param>
    /// <returns>The files that were written.</returns>
    /// <exception cref="ArgumentException">Another ending.</exception>
    public static IReadOnlyList<string> Write(ImportReport report, string file)
    {
        var ending = Path.GetExtension(file).ToLowerInvariant();
        var tables = RefusedTable.Of(report, splitShapes: ending is ".csv" or ".xlsx") is { Count: > 0 } some ? some : [RefusedTable.Empty];
        var fit = tables.Where(RefusedSheet.CanHold).ToList();
        var beside = tables.Except(fit).ToList();
        switch (ending)
        {
            case ".geojson" or ".json":
                return Each(file, tables, WriteGeoJson);
            case ".csv":
                return [.. Each(file, fit, WriteCsv), .. Each(Path.ChangeExtension(file, ".geojson"), beside, WriteGeoJson)];
            case ".xlsx":
                if (fit.Count > 0)
                    Workbooks.Write([.. fit.Select((table, at) => ($"{at + 1}", Workbooks.Rows(RefusedSheet.Of(table))))], file);
                return [.. fit.Take(1).Select(_ => file), .. Each(Path.ChangeExtension(file, ".geojson"), beside, WriteGeoJson)];
            default:
                throw new ArgumentException($"{Path.GetFileName(file)}: refused rows are written as .geojson, .csv or .xlsx.", nameof(file));
        }
    }

    static List<string> Each(string file, IReadOnlyList<RefusedTable> tables, Action<RefusedTable, string> write)
    {
        var written = new List<string>();
        foreach (var table in tables)
        {
            var name = written.Count == 0 ? file : Path.ChangeExtension(file, null) + $"-{written.Count + 1}" + Path.GetExtension(file);
            write(table, name);
            written.Add(name);
        }
        return written;
    }

    static void WriteGeoJson(RefusedTable table, string file)
    {
        using var stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream, GeoJsonReport.Format);
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteString("name", Path.GetFileNameWithoutExtension(file));
        // RFC 7946 knows WGS 84 alone; GDAL and QGIS read this older member, and who does not is wrong by centimetres.
        writer.WritePropertyName("crs");
        writer.WriteRawValue("""{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}""");
        writer.WriteStartArray("features");
        foreach (var row in table.Rows)
            Write(writer, table, row);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, RefusedTable table, RefusedTable.Row row)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        writer.WriteStartObject("properties");
        for (var at = 0; at < table.Columns.Count; at++)
            writer.WriteString(table.Columns[at], row.Values[at]);
        writer.WriteString(Reasons, row.Codes);
        writer.WriteEndObject();
        writer.WritePropertyName("geometry");
        WriteGeometry(writer, row.GeoJson);
        writer.WriteEndObject();
    }

    // PostGIS adds a "crs" to each geometry, which belongs to the collection.
    static void WriteGeometry(Utf8JsonWriter writer, string? geoJson)
    {
        if (geoJson is null)
        {
            writer.WriteNullValue();
            return;
        }
        using var geometry = JsonDocument.Parse(geoJson);
        writer.WriteStartObject();
        foreach (var member in geometry.RootElement.EnumerateObject().Where(member => member.Name != "crs"))
            member.WriteTo(writer);
        writer.WriteEndObject();
    }

    static void WriteCsv(RefusedTable table, string file)
    {
        var sheet = RefusedSheet.Of(table);
        // With a byte order mark, so that Excel does not take it for GBK.
        using var csv = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)) { NewLine = "\r\n" };
        csv.WriteLine(string.Join(',', sheet.Columns.Select(Cell)));
        foreach (var row in sheet.Rows)
            csv.WriteLine(string.Join(',', row.Select(cell => Cell(cell ?? ""))));
    }

    static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
