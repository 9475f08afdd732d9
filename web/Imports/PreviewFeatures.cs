using System.Text.Json;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using NetTopologySuite.IO.Converters;

namespace CityOps.Gis.Web.Imports;

/// <summary>The first rows of a delivery as GeoJSON features, where they would be stored.</summary>
static class PreviewFeatures
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new GeoJsonConverterFactory() }, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="layer">Index of a layer of the delivery; null = all.</param>
    public static async IAsyncEnumerable<string> Of(ImportDraft draft, int? layer, int most)
    {
        await Task.CompletedTask;
        var left = most;
        for (var at = 0; at < draft.Trials.Count && left > 0; at++)
            if (draft.Trials[at] is { Rows: { Geometry: not null } rows } trial && (layer is null || layer == at))
                for (var row = 0; row < rows.Source.Count && left > 0; row++)
                    if (!rows.Geometry.IsEmpty[row])
                    {
                        left--;
                        yield return Feature(trial, rows, at, row);
                    }
    }

    /// <summary>The box that holds them, degrees; null where none has a place.</summary>
    public static (double West, double South, double East, double North)? BoundsOf(ImportDraft draft)
    {
        var box = new Envelope();
        foreach (var rows in draft.Trials.Select(trial => trial.Rows))
            for (var row = 0; rows?.Geometry is { } geometry && row < rows.Source.Count; row++)
                if (!geometry.IsEmpty[row] && Math.Abs(geometry.X[row]) <= 180 && Math.Abs(geometry.Y[row]) <= 90)
                    box.ExpandToInclude(geometry.X[row], geometry.Y[row]);
        return box.IsNull ? null : (box.MinX, box.MinY, box.MaxX, box.MaxY);
    }

    static string Feature(LayerTrial trial, CheckedChunk rows, int layer, int row)
    {
        var geometry = rows.Geometry!;
        Geometry shape = geometry.Wkb[row] is { } wkb ? new WKBReader().Read(wkb) : new Point(geometry.X[row], geometry.Y[row]);
        var number = rows.Source.FirstRow + row;
        return JsonSerializer.Serialize(new
        {
            type = "Feature", id = $"{layer}:{number}", geometry = shape,
            properties = new { layer = trial.Inspection.Source.Name, row = number, state = rows.IsRefused[row] ? "refused" : rows.Issues.Any(issue => issue.Row == number) ? "noted" : "sound" },
        }, Format);
    }
}
