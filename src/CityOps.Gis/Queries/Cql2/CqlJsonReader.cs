using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Reads CQL2 JSON (OGC 21-065r2, annex B.3) into the tree that CQL2 text gives.</summary>
sealed class CqlJsonReader
{
    readonly string _json;
    CqlFault? _fault;

    CqlJsonReader(string json) => _json = json;

    public static CqlSyntax Read(string json)
    {
        if (json.Length > CqlSyntax.MostCharacters)
            return new(null, CqlSyntax.TooLong(json));
        var reader = new CqlJsonReader(json);
        try
        {
            var root = reader.Expression(JsonPlace.Read(json, CqlSyntax.MostDepth * 4), 0);
            return reader._fault is { } fault ? new(null, fault) : new(root, null);
        }
        catch (JsonException fault)
        {
            return new(null, CqlFault.At(json, Offset(json, fault), "不是合法的 JSON，或嵌套过深。", "this is not valid JSON, or nested too deep."));
        }
    }

    CqlExpression Expression(JsonPlace place, int depth)
    {
        if (_fault is not null || depth > CqlSyntax.MostDepth)
            return Refuse(place.Offset, $"嵌套超过 {CqlSyntax.MostDepth} 层。", $"this is nested more than {CqlSyntax.MostDepth} levels deep.");
        return place.Kind switch
        {
            JsonValueKind.String => new CqlLiteral(place.Value, place.Offset),
            JsonValueKind.True or JsonValueKind.False => new CqlLiteral(place.Kind == JsonValueKind.True, place.Offset),
            JsonValueKind.Number => CqlTrees.Number(place.Value, place.Offset) ?? Refuse(place.Offset, "数字太大。", "this number is too large."),
            JsonValueKind.Array => new CqlArray([.. place.Items.Select(item => Expression(item, depth + 1))], place.Offset),
            JsonValueKind.Object => Object(place, depth),
            _ => Refuse(place.Offset, "此处不能为 null；请用 isNull。", "null cannot stand here; use isNull."),
        };
    }

    CqlExpression Object(JsonPlace place, int depth) => place switch
    {
        _ when place["op"] is { } op => Call(place, op, depth),
        _ when place["property"] is { Kind: JsonValueKind.String } name => new CqlProperty(name.Value, Offset: place.Offset),
        _ when place["date"] is { } day => Instant(day, CqlType.Date),
        _ when place["timestamp"] is { } moment => Instant(moment, CqlType.Timestamp),
        _ when place["interval"] is { } interval => Interval(interval),
        _ when place["bbox"] is { Kind: JsonValueKind.Array } box && place["type"] is null => CqlPlaces.Box(Numbers(box), place.Offset, Refuse),
        _ when place["type"] is { Kind: JsonValueKind.String } => Place(place),
        _ => Refuse(place.Offset, "对象应有 op、property、date、timestamp、interval、bbox 或 type（GeoJSON 几何）。", "an object here has op, property, date, timestamp, interval, bbox or type (a GeoJSON geometry)."),
    };

    CqlExpression Call(JsonPlace place, JsonPlace op, int depth)
    {
        if (op.Kind != JsonValueKind.String || place["args"] is not { Kind: JsonValueKind.Array } args)
            return Refuse(place.Offset, "op 应为字符串，并有数组 args。", "'op' is a string and goes with an array 'args'.");
        var operands = args.Items.Select(item => Expression(item, depth + 1)).ToList();
        var known = CqlOperator.Of(op.Value);
        if (operands.Count < known.Least || operands.Count > known.Most || (known.Kind == CqlOperatorKind.In && operands[1] is not CqlArray))
            return Refuse(args.Offset, $"{op.Value} 的参数不对。", $"'{op.Value}' does not take these operands.");
        return known.Name is "and" or "or" ? CqlTrees.Joined(known.Name, operands) : new CqlCall(known, operands, place.Offset);
    }

    CqlExpression Instant(JsonPlace place, CqlType wanted)
        => place.Kind == JsonValueKind.String && CqlInstants.Read(place.Value, place.Offset) is { } read && read.Type == wanted
            ? read
            : Refuse(place.Offset, CqlInstants.Form.Zh, CqlInstants.Form.En);

    CqlExpression Interval(JsonPlace place)
    {
        if (place is not { Kind: JsonValueKind.Array, Items: [var start, var end] })
            return Refuse(place.Offset, "interval 应有两项：开始和结束。", "an interval has two items, start and end.");
        return new CqlInterval(End(start), End(end), place.Offset);
    }

    CqlExpression? End(JsonPlace place) => place switch
    {
        { Kind: JsonValueKind.String, Value: ".." } => null,
        { Kind: JsonValueKind.String } => CqlInstants.Read(place.Value, place.Offset) ?? Refuse(place.Offset, CqlInstants.Form.Zh, CqlInstants.Form.En),
        _ => Expression(place, 1),
    };

    // GeoJSON (RFC 7946, 3.1).
    CqlExpression Place(JsonPlace place)
    {
        var found = Geometry(place, 0);
        return _fault is null ? CqlPlaces.Checked(found, isBox: false, place.Offset, Refuse) : new CqlLiteral(false);
    }

    Geometry Geometry(JsonPlace place, int depth)
    {
        var factory = CqlPlaces.Factory;
        var coordinates = place["coordinates"] ?? new(JsonValueKind.Array, "", [], new Dictionary<string, JsonPlace>(), place.Offset);
        switch (place["type"]?.Value)
        {
            case "Point":
                return factory.CreatePoint(Position(coordinates));
            case "LineString":
                return Line(coordinates);
            case "Polygon":
                return Polygon(coordinates);
            case "MultiPoint":
                return factory.CreateMultiPointFromCoords([.. coordinates.Items.Select(Position)]);
            case "MultiLineString":
                return factory.CreateMultiLineString([.. coordinates.Items.Select(Line)]);
            case "MultiPolygon":
                return factory.CreateMultiPolygon([.. coordinates.Items.Select(Polygon)]);
            case "GeometryCollection" when depth < CqlSyntax.MostDepth:
                return factory.CreateGeometryCollection([.. (place["geometries"]?.Items ?? []).Select(part => Geometry(part, depth + 1))]);
            default:
                Refuse(place.Offset, "type 应为 GeoJSON 几何类型。", "'type' is one of GeoJSON's geometry types.");
                return factory.CreatePoint();
        }
    }

    LineString Line(JsonPlace place)
    {
        var line = place.Items.Select(Position).ToArray();
        if (line.Length < 2)
            Refuse(place.Offset, "线至少有两个点。", "a line has at least two points.");
        return _fault is null ? CqlPlaces.Factory.CreateLineString(line) : CqlPlaces.Factory.CreateLineString();
    }

    Polygon Polygon(JsonPlace place)
    {
        var rings = place.Items.Select(Ring).ToArray();
        if (rings.Length == 0)
            Refuse(place.Offset, "面至少有一个环。", "a polygon has at least one ring.");
        return _fault is null ? CqlPlaces.Factory.CreatePolygon(rings[0], rings[1..]) : CqlPlaces.Factory.CreatePolygon();
    }

    LinearRing Ring(JsonPlace place)
    {
        var ring = place.Items.Select(Position).ToArray();
        if (CqlPlaces.RingFault(ring) is { } fault)
            Refuse(place.Offset, fault.Zh, fault.En);
        return _fault is null ? CqlPlaces.Factory.CreateLinearRing(ring) : CqlPlaces.Factory.CreateLinearRing();
    }

    Coordinate Position(JsonPlace place)
    {
        if (Numbers(place) is [var longitude, var latitude, ..])
            return new(longitude, latitude);
        Refuse(place.Offset, "坐标应为两个数：经度、纬度。", "a position has two numbers, longitude and latitude.");
        return new(0, 0);
    }

    List<double> Numbers(JsonPlace place)
    {
        var numbers = new List<double>();
        foreach (var item in place.Items)
            if (item.Kind == JsonValueKind.Number && double.TryParse(item.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                numbers.Add(number);
            else
                Refuse(item.Offset, "此处应为数字。", "a number should stand here.");
        return numbers;
    }

    CqlExpression Refuse(int offset, string zh, string en)
    {
        _fault ??= CqlFault.At(_json, offset, zh, en);
        return new CqlLiteral(false);
    }

    static int Offset(string json, JsonException fault)
    {
        var (line, start) = (0L, 0);
        while (line < fault.LineNumber && json.IndexOf('\n', start) is >= 0 and var end)
            (line, start) = (line + 1, end + 1);
        // The reader counts bytes within the line.
        var left = fault.BytePositionInLine ?? 0;
        while (start < json.Length && left > 0)
            left -= System.Text.Encoding.UTF8.GetByteCount(json.AsSpan(start++, 1));
        return start;
    }
}
