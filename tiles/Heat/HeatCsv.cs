using System.Globalization;
using CityOps.Gis.Heat;
using CsvHelper;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>A heat map as CSV (RFC 4180, UTF-8 with a mark, so that Excel shows Chinese): a line per cell, a column per slice.</summary>
static class HeatCsv
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static void Write(HeatAnswer answer, Stream into)
    {
        using var text = new StreamWriter(into, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        using var csv = CsvWriter.Create(text, new CsvWriterOptions { FormatProvider = CultureInfo.InvariantCulture }, leaveOpen: true);
        int[] slices = answer.Slices is { } some ? [.. some.Slices.Distinct().Order()] : [];
        foreach (var name in Columns(answer).Concat(slices.Select(slice => HeatSlices.Name(answer.Question.Slice, slice))))
            csv.WriteField(name);
        csv.EndRecord();
        for (var cell = 0; cell < answer.Length; cell++)
        {
            WriteCell(answer, cell, csv);
            if (slices.Length > 0)
                WriteSlices(answer.Slices!, cell, slices, csv);
            csv.EndRecord();
        }
    }

    static IEnumerable<string> Columns(HeatAnswer answer)
    {
        string[] columns = answer.Lattice is null ? ["id", "name", "longitude", "latitude", "count"] : ["id", "longitude", "latitude", "count"];
        return
        [
            .. columns, .. answer.Counts2.Length > 0 ? ["count2"] : Array.Empty<string>(), "value", "class",
            .. answer.Spots is null ? Array.Empty<string>() : ["z", "p", "q", "spot"],
        ];
    }

    static void WriteCell(HeatAnswer answer, int cell, CsvWriter csv)
    {
        csv.WriteField(answer.Id(cell));
        if (answer.Lattice is null)
            csv.WriteField(answer.AreaOf(cell) is >= 0 and var area ? answer.Areas!.Names[area] : null);
        var centre = answer.Centre(cell);
        csv.WriteField(Rounded(centre?.Longitude));
        csv.WriteField(Rounded(centre?.Latitude));
        csv.WriteField(answer.Counts[cell]);
        if (answer.Counts2.Length > 0)
            csv.WriteField(answer.Counts2[cell]);
        var hasValue = double.IsFinite(answer.Values[cell]);
        csv.WriteField(hasValue ? answer.Values[cell] : null as double?);
        csv.WriteField(hasValue ? answer.Legend.ClassOf(answer.Values[cell]) : null as int?);
        if (answer.Spots is not { } spots)
            return;
        foreach (var number in new[] { spots.Z[cell], spots.P[cell], spots.Q[cell] })
            csv.WriteField(double.IsFinite(number) ? number : null as double?);
        csv.WriteField(double.IsFinite(spots.Z[cell]) ? spots.Spot(cell) : null as int?);
    }

    static void WriteSlices(HeatSlices slices, int cell, int[] all, CsvWriter csv)
    {
        var at = slices.Starts[cell];
        foreach (var slice in all)
            csv.WriteField(at < slices.Starts[cell + 1] && slices.Slices[at] == slice ? slices.Counts[at++] : 0);
    }

    static double? Rounded(double? degrees) => degrees is { } some ? Math.Round(some, 7) : null;
}
