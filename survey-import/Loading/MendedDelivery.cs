using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Reporting;

namespace CityOps.Gis.SurveyImport.Loading;

/// <summary>Rows that people mended on a page, as a delivery of their own: a GeoJSON file for each layer they came from, in EPSG:4490, with the delivered field names.</summary>
public static class MendedDelivery
{
    /// <summary>The settings of a batch as they hold for its mended rows: what the files said of encoding and reference system no longer does.</summary>
    public static DeliverySettings SettingsOf(Batch batch, LayerDefinition layer)
    {
        var settings = Importer.SettingsOf(batch);
        var found = StoredInspection.Parse(batch.Inspection, layer).Layers.FirstOrDefault();
        return settings with
        {
            Crs = layer.Geometry == GeometryKind.None ? null : "EPSG:4490", DatumShift = null, WebMapOffset = "none", Encoding = null, Scope = CensusScope.Update, Mends = batch.Id,
            ClassTable = settings.ClassTable ?? found?.ClassTable, CodeLayout = settings.CodeLayout ?? found?.CodeLayout,
        };
    }

    /// <returns>How many rows were written.</returns>
    public static async Task<long> Write(IAsyncEnumerable<QuarantinedRow> rows, string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var count = 0L;
        string? layer = null;
        FileStream? file = null;
        Utf8JsonWriter? writer = null;
        // The rows come layer by layer.
        await foreach (var row in rows.WithCancellation(cancel))
        {
            if (row.SourceLayer != layer)
            {
                End(writer, file);
                file = File.Create(Path.Combine(folder, FileName(row.SourceLayer) + ".geojson"));
                writer = Begin(file, layer = row.SourceLayer);
            }
            Write(writer!, row);
            count++;
        }
        End(writer, file);
        return count;
    }

    static Utf8JsonWriter Begin(FileStream file, string layer)
    {
        var writer = new Utf8JsonWriter(file, GeoJsonReport.Format);
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteString("name", layer);
        writer.WriteStartArray("features");
        return writer;
    }

    static void Write(Utf8JsonWriter writer, QuarantinedRow row)
    {
        var mended = row.Mended is { } json ? MendedRow.Parse(json) : MendedRow.OfRecord(row.Record);
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        writer.WriteStartObject("properties");
        foreach (var (name, value) in mended.Values.Where(one => one.Key != QuarantineFile.Reasons))
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WritePropertyName("geometry");
        if (mended.Place is [var x, var y])
            writer.WriteRawValue(FormattableString.Invariant($$"""{"type":"Point","coordinates":[{{x:R}},{{y:R}}]}"""));
        else
            writer.WriteRawValue(row.GeoJson ?? "null");
        writer.WriteEndObject();
    }

    static void End(Utf8JsonWriter? writer, FileStream? file)
    {
        writer?.WriteEndArray();
        writer?.WriteEndObject();
        writer?.Dispose();
        file?.Dispose();
    }

    static string FileName(string layer) => string.Concat(layer.Select(one => Path.GetInvalidFileNameChars().Contains(one) || one == '/' ? '_' : one));
}
