using System.Text.Encodings.Web;
using System.Text.Json;
using CityOps.Gis.Heat;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>A heat map as JSON: the question, totals, the legend, and the cells.</summary>
static class HeatJson
{
    public const string ContentType = "application/json";
    static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HeatAnswer answer, Stream into)
    {
        using var json = new Utf8JsonWriter(into, Format);
        json.WriteStartObject();
        WriteHead(answer, json);
        json.WriteStartArray("cells");
        for (var cell = 0; cell < answer.Length; cell++)
        {
            json.WriteStartObject();
            WriteCell(answer, cell, json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What holds for the whole map.</summary>
    public static void WriteHead(HeatAnswer answer, Utf8JsonWriter json)
    {
        json.WriteString("layer", answer.Layer.Id);
        json.WriteString("question", HeatQuestionText.Format(answer.Question));
        json.WriteString("executor", answer.Executor);
        json.WriteNumber("version", answer.Version);
        json.WriteNumber("milliseconds", Math.Round(answer.Milliseconds, 1));
        json.WriteNumber("total", answer.Total);
        json.WriteNumber("outside", answer.Outside);
        if (answer.Total2 is { } second)
            json.WriteNumber("total2", second);
        WriteLegend(answer.Legend, json);
        if (answer.Spots is { } spots)
            WriteStudy(spots, json);
    }

    /// <summary>Members of one cell.</summary>
    public static void WriteCell(HeatAnswer answer, int cell, Utf8JsonWriter json)
    {
        json.WriteString("id", answer.Id(cell));
        if (answer.AreaOf(cell) is >= 0 and var area && answer.Areas!.Names[area] is { } name)
            json.WriteString("name", name);
        if (answer.Centre(cell) is var (longitude, latitude))
        {
            json.WriteStartArray("centre");
            json.WriteNumberValue(Math.Round(longitude, 7));
            json.WriteNumberValue(Math.Round(latitude, 7));
            json.WriteEndArray();
        }
        json.WriteNumber("count", answer.Counts[cell]);
        if (answer.Counts2.Length > 0)
            json.WriteNumber("count2", answer.Counts2[cell]);
        WriteValue(answer, cell, json);
        if (answer.Spots is { } spots && double.IsFinite(spots.Z[cell]))
        {
            json.WriteNumber("z", Math.Round(spots.Z[cell], 6));
            json.WriteNumber("p", spots.P[cell]);
            json.WriteNumber("q", spots.Q[cell]);
            json.WriteNumber("spot", spots.Spot(cell));
        }
        WriteSlices(answer, cell, json);
    }

    static void WriteStudy(HotSpots spots, Utf8JsonWriter json)
    {
        json.WriteStartObject("hotspots");
        json.WriteString("neighbours", spots.Rule.ToString());
        json.WriteNumber("studyCells", spots.StudyCells);
        if (spots.Moran is { } moran && double.IsFinite(moran.Z))
        {
            json.WriteNumber("moran", moran.Index);
            json.WriteNumber("moranExpected", moran.Expected);
            json.WriteNumber("moranZ", moran.Z);
            json.WriteNumber("moranP", moran.P);
        }
        json.WriteEndObject();
    }

    static void WriteValue(HeatAnswer answer, int cell, Utf8JsonWriter json)
    {
        if (double.IsFinite(answer.Values[cell]))
        {
            json.WriteNumber("value", answer.Values[cell]);
            json.WriteNumber("class", answer.Legend.ClassOf(answer.Values[cell]));
        }
        else
            json.WriteNull("value");
    }

    static void WriteSlices(HeatAnswer answer, int cell, Utf8JsonWriter json)
    {
        if (answer.Slices is not { } slices)
            return;
        json.WriteStartObject("slices");
        for (var at = slices.Starts[cell]; at < slices.Starts[cell + 1]; at++)
            json.WriteNumber(HeatSlices.Name(answer.Question.Slice, slices.Slices[at]), slices.Counts[at]);
        json.WriteEndObject();
    }

    static void WriteLegend(HeatLegend legend, Utf8JsonWriter json)
    {
        json.WriteStartObject("legend");
        json.WriteStartArray("breaks");
        foreach (var value in legend.Breaks)
            json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteStartArray("colors");
        foreach (var color in legend.Colors)
            json.WriteStringValue(color);
        json.WriteEndArray();
        if (legend.Centre is { } centre)
            json.WriteNumber("centre", centre);
        json.WriteEndObject();
    }
}
