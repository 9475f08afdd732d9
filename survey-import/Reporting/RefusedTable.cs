using System.Text.Json;

namespace CityOps.Gis.SurveyImport.Reporting;

/// <summary>Refused rows that have the same columns.</summary>
/// <param name="Columns">Delivered names, in the order of the delivery where it is known.</param>
sealed record RefusedTable(IReadOnlyList<string> Columns, IReadOnlyList<RefusedTable.Row> Rows)
{
    /// <summary>A refused row.</summary>
    /// <param name="Values">Delivered values, one to one with the columns.</param>
    /// <param name="Codes">What it was refused for and what else was found, as <c>CODE(field)</c>.</param>
    public sealed record Row(string SourceLayer, long Number, IReadOnlyList<string?> Values, string? GeoJson, string Codes);

    /// <summary>
    /// One table for each set of columns: a delivery's files seldom differ, and rows of different columns must not be mixed, as one column may then hide another.
    /// </summary>
    public static IReadOnlyList<RefusedTable> Of(ImportReport report)
    {
        var codes = report.Issues.ToLookup(issue => (issue.SourceLayer, issue.Row), issue => issue.Field is null ? issue.Code : $"{issue.Code}({issue.Field})");
        var order = report.Layers.SelectMany(layer => layer.Source.Columns).Select(column => column.Name).Distinct()
            .Select((name, at) => (name, at)).ToDictionary(one => one.name, one => one.at);
        var tables = new Dictionary<string, (List<string> Columns, List<Row> Rows)>();
        foreach (var (layer, number, record, geoJson) in report.Quarantine)
        {
            using var document = JsonDocument.Parse(record);
            var values = document.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => Text(one.Value));
            // The database orders the members of an object in its own way.
            var columns = values.Keys.Where(name => name != QuarantineFile.Reasons).OrderBy(name => order.GetValueOrDefault(name, int.MaxValue)).ToList();
            var key = string.Join('\n', columns);
            if (!tables.TryGetValue(key, out var table))
                tables[key] = table = (columns, []);
            table.Rows.Add(new(layer, number, [.. table.Columns.Select(name => values[name])], geoJson, string.Join("; ", codes[(layer, number)].Distinct())));
        }
        return [.. tables.Values.Select(table => new RefusedTable(table.Columns, table.Rows))];
    }

    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
