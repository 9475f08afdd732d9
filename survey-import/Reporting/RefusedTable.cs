using System.Text.Json;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Refused rows that have the same columns; the rows themselves are read when somebody goes through them.</summary>
/// <param name="Columns">Delivered names, in the order of the delivery where it is known.</param>
/// <param name="HasGeometry">Some row has one.</param>
/// <param name="IsPoints">No geometry is anything but a point.</param>
/// <param name="Sample">Values of the first rows.</param>
sealed record RefusedTable(IReadOnlyList<string> Columns, bool HasGeometry, bool IsPoints, IReadOnlyList<string?[]> Sample, IEnumerable<RefusedTable.Row> Rows)
{
    const int SampleRows = 200;

    /// <summary>A refused row.</summary>
    /// <param name="Values">Delivered values, one to one with the columns.</param>
    /// <param name="Codes">What it was refused for and what else was found, as <c>CODE(field)</c>.</param>
    public sealed record Row(string SourceLayer, long Number, IReadOnlyList<string?> Values, string? GeoJson, string Codes);

    sealed class Making
    {
        public required List<string> Columns { get; init; }
        public List<string?[]> Sample { get; } = [];
        public bool HasGeometry { get; set; }
        public bool IsPoints { get; set; } = true;
    }

    public static RefusedTable Empty { get; } = new([], false, true, [], []);

    /// <summary>
    /// One table for each set of columns: a delivery's files seldom differ, and rows of different columns must not be mixed, as one column may then hide another.
    /// The rows are gone through once for this, and once more for each table that is written.
    /// </summary>
    /// <param name="splitShapes">Lines and polygons make tables of their own, beside the points.</param>
    public static IReadOnlyList<RefusedTable> Of(ImportReport report, bool splitShapes = false)
    {
        var order = report.Layers.SelectMany(layer => layer.Source.Columns).Select(column => column.Name).Distinct()
            .Select((name, at) => (name, at)).ToDictionary(one => one.name, one => one.at);
        var tables = new Dictionary<string, Making>();
        foreach (var row in report.Quarantine.Read())
        {
            var values = Values(row.Record);
            var key = KeyOf(values, splitShapes && IsShape(row));
            if (!tables.TryGetValue(key, out var table))
                // The database orders the members of an object in its own way.
                tables[key] = table = new() { Columns = [.. values.Keys.OrderBy(name => order.GetValueOrDefault(name, int.MaxValue))] };
            if (table.Sample.Count < SampleRows)
                table.Sample.Add([.. table.Columns.Select(name => values[name])]);
            table.HasGeometry |= row.GeoJson is not null;
            table.IsPoints &= !IsShape(row);
        }
        var codes = report.Issues.ToLookup(issue => (issue.SourceLayer, issue.Row), issue => issue.Field is null ? issue.Code : $"{issue.Code}({issue.Field})");
        return [.. tables.Select(one => new RefusedTable(one.Value.Columns, one.Value.HasGeometry, one.Value.IsPoints, one.Value.Sample, RowsOf(report, splitShapes, one.Key, one.Value.Columns, codes)))];
    }

    static IEnumerable<Row> RowsOf(ImportReport report, bool splitShapes, string key, List<string> columns, ILookup<(string, long), string> codes)
    {
        foreach (var row in report.Quarantine.Read())
            if (Values(row.Record) is var values && KeyOf(values, splitShapes && IsShape(row)) == key)
                yield return new(row.SourceLayer, row.Number, [.. columns.Select(name => values[name])], row.GeoJson, string.Join("; ", codes[(row.SourceLayer, row.Number)].Distinct()));
    }

    static string KeyOf(Dictionary<string, string?> values, bool isShape) => string.Join('\n', values.Keys) + (isShape ? "\n\n" : "");

    static bool IsShape(WaitingRows.Row row) => row.GeoJson is not null && GeometryText.Of(row.GeoJson).Position is null;

    static Dictionary<string, string?> Values(string record)
    {
        using var document = JsonDocument.Parse(record);
        return document.RootElement.EnumerateObject().Where(one => one.Name != QuarantineFile.Reasons).ToDictionary(one => one.Name, one => Text(one.Value));
    }

    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
