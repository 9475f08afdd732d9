using System.Globalization;
using System.Text.Json.Nodes;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// A layer's MapLibre style (version 8) from its definition, for maps of others. It looks like the product's own map, whose style is made by
/// <c>web/Leaflet/wwwroot/layer-style.js</c>; what is changed in one is changed in the other.
/// </summary>
public static class TileStyle
{
    static readonly string[] Font = ["Noto Sans CJK SC", "sans-serif"];

    public static JsonObject Of(TileQuestion question, string language, string baseUrl)
    {
        var layers = question.Layers.Select(layer => layer.Definition).OrderBy(layer => layer.Style.Order).ToList();
        return new()
        {
            ["version"] = 8,
            ["name"] = string.Join(" · ", layers.Select(layer => layer.Title.In(language))),
            ["sources"] = new JsonObject
            {
                ["tiles"] = new JsonObject
                {
                    ["type"] = "vector",
                    ["tiles"] = new JsonArray(TileJson.TilesUrl(question, baseUrl)),
                    ["minzoom"] = layers.Min(layer => layer.Zooms.Min),
                    ["maxzoom"] = layers.Max(layer => layer.Zooms.Max),
                },
            },
            ["layers"] = new JsonArray([.. layers.SelectMany(Shapes), .. layers.SelectMany(Labels)]),
        };
    }

    static IEnumerable<JsonObject> Shapes(LayerDefinition layer)
    {
        if (layer.Geometry is GeometryKind.Any or GeometryKind.Polygon)
        {
            yield return Fill(layer);
            yield return Outline(layer);
        }
        if (layer.Geometry is GeometryKind.Any or GeometryKind.Line)
            yield return Line(layer);
        if (layer.Geometry is GeometryKind.Any or GeometryKind.Point)
            yield return Point(layer);
        if (layer.Zooms.Aggregate)
            yield return Cells(layer);
    }

    static JsonObject Fill(LayerDefinition layer) => Layer(layer, "fill", "fill", Single("Polygon"), new()
    {
        ["fill-color"] = ColorOf(layer.Style),
        ["fill-opacity"] = layer.Style.OutlineOnly ? 0 : 0.22 * layer.Style.Opacity,
    });

    static JsonObject Outline(LayerDefinition layer) => Layer(layer, "outline", "line", Single("Polygon"), new()
    {
        ["line-color"] = ColorOf(layer.Style),
        ["line-opacity"] = ByZoom((layer.Zooms.Min, layer.Style.Opacity * 0.4), (layer.Zooms.Min + 3, layer.Style.Opacity * 0.85)),
        ["line-width"] = ByZoom((9, layer.Style.Width * 0.5), (16, layer.Style.Width)),
    }, new() { ["line-join"] = "round" });

    static JsonObject Line(LayerDefinition layer) => Layer(layer, "line", "line", Single("LineString"), new()
    {
        ["line-color"] = ColorOf(layer.Style),
        ["line-opacity"] = layer.Style.Opacity,
        ["line-width"] = ByZoom((11, layer.Style.Width), (17, layer.Style.Width * 2.5)),
    }, new() { ["line-cap"] = "round", ["line-join"] = "round" });

    static JsonObject Point(LayerDefinition layer) => Layer(layer, "point", "circle", Single("Point"), new()
    {
        ["circle-color"] = ColorOf(layer.Style),
        ["circle-opacity"] = layer.Style.Opacity,
        ["circle-stroke-color"] = "#ffffff",
        ["circle-radius"] = ByZoom((10, layer.Style.Radius * 0.45), (13, layer.Style.Radius * 0.65), (15, layer.Style.Radius * 0.8), (18, layer.Style.Radius * 1.6)),
        ["circle-stroke-width"] = ByZoom((14.5, 0), (16.5, 1.2)),
    });

    // A circle's area grows with the cell's count.
    static JsonObject Cells(LayerDefinition layer) => Layer(layer, "cell", "circle", IsCell(), new()
    {
        ["circle-color"] = layer.Style.Color,
        ["circle-opacity"] = ByCount((0, 0.55), (6, 0.9)),
        ["circle-radius"] = ByCount((0, 1.725), (3, 3.105), (6, 4.6)),
    });

    static IEnumerable<JsonObject> Labels(LayerDefinition layer)
    {
        if (layer.Style.Label is { } label)
            yield return Label(layer, label);
        if (layer.Zooms.Aggregate)
            yield return Text(layer, "cell-count", IsCell(), new() { ["text-field"] = Words("to-string", Words("get", "cell_count")), ["text-size"] = 10, ["text-padding"] = 8 });
    }

    static JsonObject Label(LayerDefinition layer, string field)
    {
        var isPolygon = layer.Geometry == GeometryKind.Polygon;
        JsonObject layout = new()
        {
            ["text-field"] = Words("to-string", Words("get", field)),
            ["text-padding"] = 4,
            ["text-max-width"] = 12,
            ["text-size"] = isPolygon ? Math.Min(15, 11 + layer.Style.Width * 1.6) : 12,
            ["text-letter-spacing"] = isPolygon ? 0.06 : 0,
        };
        if (layer.Geometry == GeometryKind.Line)
            (layout["symbol-placement"], layout["symbol-spacing"]) = ("line", 350);
        else if (!isPolygon)
            (layout["text-variable-anchor"], layout["text-radial-offset"], layout["text-justify"]) = (new JsonArray("left", "right", "top", "bottom"), 0.8, "auto");
        var text = Text(layer, "label", Words("!", IsCell()), layout);
        text["minzoom"] = layer.Zooms.LabelsFrom;
        return text;
    }

    static JsonObject Text(LayerDefinition layer, string suffix, JsonArray filter, JsonObject layout)
    {
        layout["text-font"] = new JsonArray([.. Font.Select(name => (JsonNode)name)]);
        return Layer(layer, suffix, "symbol", filter, new()
        {
            ["text-color"] = Darker(layer.Style.Color),
            ["text-halo-color"] = "rgba(255,255,255,0.92)",
            ["text-halo-width"] = 1.6,
        }, layout);
    }

    static JsonObject Layer(LayerDefinition layer, string suffix, string type, JsonArray filter, JsonObject paint, JsonObject? layout = null)
    {
        JsonObject one = new() { ["id"] = $"{layer.Id}-{suffix}", ["type"] = type, ["source"] = "tiles", ["source-layer"] = layer.Id, ["filter"] = filter, ["paint"] = paint };
        if (layout is not null)
            one["layout"] = layout;
        return one;
    }

    // Majors are the two leading digits of the class.
    static JsonNode ColorOf(LayerStyle style)
    {
        JsonNode color = style.ColorByMajor.Count == 0 ? style.Color
            : Match(Words("slice", Words("to-string", Words("get", "class_code")), 0, 2), style.ColorByMajor, style.Color);
        return style.ColorByStatus.Count == 0 ? color : Match(Words("to-string", Words("get", "status")), style.ColorByStatus, color);
    }

    static JsonArray Match(JsonArray value, IReadOnlyDictionary<string, string> colors, JsonNode otherwise)
        => new([(JsonNode)"match", value, .. colors.SelectMany(one => new JsonNode[] { one.Key, one.Value }), otherwise]);

    static JsonArray ByZoom(params (double Zoom, double Value)[] stops) => Interpolated(Words("zoom"), stops);

    // On the logarithm of the count.
    static JsonArray ByCount(params (double Log, double Value)[] stops)
        => Interpolated(Words("ln", Words("max", 1, Words("to-number", Words("get", "cell_count")))), stops);

    static JsonArray Interpolated(JsonArray of, (double At, double Value)[] stops)
        => new([(JsonNode)"interpolate", Words("linear"), of, .. stops.SelectMany(stop => new JsonNode[] { stop.At, stop.Value })]);

    static JsonArray Single(string type) => Words("all", Words("==", Words("geometry-type"), type), Words("!", IsCell()));

    static JsonArray IsCell() => Words("==", Words("get", "aggregated"), true);

    static JsonArray Words(params JsonNode[] words) => new(words);

    static string Darker(string color)
    {
        string Part(int at) => Math.Round(int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) * 0.62).ToString(CultureInfo.InvariantCulture);
        return $"rgb({Part(1)},{Part(3)},{Part(5)})";
    }
}
