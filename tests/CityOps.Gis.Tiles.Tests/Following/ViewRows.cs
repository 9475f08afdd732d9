using System.Globalization;
using System.Text;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary>Every feature of a view as a line of text, all its columns, in the order of the numbers: equal lines are equal views.</summary>
static class ViewRows
{
    public static List<string> Of(LayerView view)
        => [.. view.Parts.SelectMany(part => Enumerable.Range(0, part.Snapshot.Count).Where(row => !part.Dead[row]).Select(row => (part.Snapshot, Row: row)))
            .OrderBy(one => one.Snapshot.Fids[one.Row]).Select(one => Line(one.Snapshot, one.Row))];

    public static string Line(LayerSnapshot snapshot, int row) => string.Join('|',
    [
        snapshot.Fids[row].ToString(CultureInfo.InvariantCulture),
        row < snapshot.Placed ? string.Create(CultureInfo.InvariantCulture, $"{snapshot.X[row]},{snapshot.Y[row]}") : "nowhere",
        Shape(snapshot.Shapes, snapshot.Shapes.Of(row)),
        .. snapshot.Codes.Select(column => column.Text(column[row]) ?? "-"),
        snapshot.Time[row]?.ToString(CultureInfo.InvariantCulture) ?? "-",
        .. snapshot.Attributes.Select(column => column.Name + "=" + Value(column, row)),
    ]);

    static string Value(AttributeColumn column, int row) => column.IsNull(row) ? "-" : column.Kind switch
    {
        AttributeKind.Codes or AttributeKind.Pooled => System.Text.Encoding.UTF8.GetString(column.Utf8(row)),
        AttributeKind.Integer => column.Integer(row).ToString(CultureInfo.InvariantCulture),
        AttributeKind.Real => column.Real(row).ToString("R", CultureInfo.InvariantCulture),
        _ => column.Boolean(row).ToString(),
    };

    static string Shape(Shapes shapes, int shape)
    {
        if (shape < 0)
            return "";
        var text = new StringBuilder(shapes.Box(shape).ToString());
        var (start, end) = shapes.PartsOf(shape);
        for (var part = start; part < end; part++)
        {
            text.Append(CultureInfo.InvariantCulture, $" {shapes.Kind(part)}");
            for (var (vertex, last) = shapes.VerticesOf(part); vertex < last; vertex++)
                text.Append(CultureInfo.InvariantCulture, $" {shapes.X[vertex]},{shapes.Y[vertex]}");
        }
        return text.ToString();
    }
}
