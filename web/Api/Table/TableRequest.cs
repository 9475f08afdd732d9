using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Api.Table;

/// <summary>A page of the table of a layer: the question, the box of the view beside it, columns, order and where the page begins.</summary>
/// <param name="After">Number of the feature before the page; null = from the first.</param>
/// <param name="Offset">Rows before the page, where rows are sorted.</param>
public sealed record TableRequest(LayerDefinition Layer, FeatureQuery Query, IReadOnlyList<string> Columns, RowOrder? Order, long? After, long Offset, int Limit)
{
    const int UsualLimit = 100, MostLimit = 500;

    /// <summary>
    /// Reads <c>?view=west,south,east,north&amp;columns=a,b&amp;sort=-a&amp;after=12&amp;limit=100</c> and the parameters of a question. What the view asks is a condition
    /// beside the question's own box.
    /// </summary>
    public static (TableRequest? Request, IReadOnlyList<LocalText> Faults) Read(LayerDefinition layer, IQueryCollection parameters)
    {
        var (query, faults) = FeatureQueryText.Parse(layer, parameters.SelectMany(one => one.Value.Select(value => KeyValuePair.Create(one.Key, value ?? ""))));
        var columns = parameters["columns"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var known = FeatureColumn.Of(layer).Select(column => column.Name).ToHashSet();
        var order = OrderOf(parameters["sort"].ToString());
        LocalText[] own =
        [
            .. columns.Where(name => !known.Contains(name)).Select(name => new LocalText($"图层“{layer.Id}”没有列“{name}”。", $"Layer '{layer.Id}' has no column '{name}'.")),
            .. order is { } one && !RowOrder.Knows(layer, one.Column) ? [new LocalText($"不能按“{one.Column}”排序。", $"Nothing is sorted by '{one.Column}'.")] : (LocalText[])[],
        ];
        if (faults.Count + own.Length > 0)
            return (null, [.. faults, .. own]);
        return (new(layer, Within(query, parameters["view"].ToString()), columns, order, Number(parameters["after"]), Number(parameters["offset"]) ?? 0,
            (int)Math.Clamp(Number(parameters["limit"]) ?? UsualLimit, 1, MostLimit)), []);
    }

    // A question has one box and one polygon, and the page's selection is one of them at most.
    static FeatureQuery Within(FeatureQuery query, string view)
    {
        if (view.Split(',').Select(Degrees).ToArray() is not [{ } west, { } south, { } east, { } north] || west > east || south > north)
            return query;
        var box = (West: Math.Max(west, -180), South: Math.Max(south, -90), East: Math.Min(east, 180), North: Math.Min(north, 90));
        return query.Box is null ? query with { Box = box } : query with { Polygon = (Polygon)GeometryFactory.Default.ToGeometry(new Envelope(box.West, box.East, box.South, box.North)) };
    }

    static RowOrder? OrderOf(string text) => text.Length == 0 ? null : text[0] == '-' ? new(text[1..], true) : new(text, false);

    static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static double? Degrees(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees) ? degrees : null;
}
