using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Writes a tree as CQL2 text, with no more brackets than needed, so that equal trees have equal texts.</summary>
static class CqlTextWriter
{
    // Of the text reader's ladder, from the loosest to the tightest.
    const int Or = 1, And = 2, Not = 3, Predicate = 4, Sum = 5, Product = 6, Power = 7, Operand = 8;

    public static string Write(CqlExpression root)
    {
        var text = new StringBuilder();
        Write(text, root, Or);
        return text.ToString();
    }

    /// <summary>A place as well-known text: <c>POINT(118.1 24.5)</c>.</summary>
    public static string Place(Geometry place)
    {
        var text = new StringBuilder();
        WritePlace(text, place);
        return text.ToString();
    }

    static void Write(StringBuilder text, CqlExpression one, int least)
    {
        var isBracketed = Level(one) < least;
        text.Append(isBracketed ? "(" : "");
        WriteBare(text, one);
        text.Append(isBracketed ? ")" : "");
    }

    static int Level(CqlExpression one) => one is not CqlCall call ? Operand : call.Operator.Kind switch
    {
        CqlOperatorKind.Logical => call.Name switch { "or" => Or, "and" => And, _ => IsNegated(call) ? Predicate : Not },
        CqlOperatorKind.Comparison or CqlOperatorKind.Like or CqlOperatorKind.Between or CqlOperatorKind.In or CqlOperatorKind.IsNull => Predicate,
        CqlOperatorKind.Arithmetic => call.Name switch { "+" or "-" => Sum, "^" => Power, _ => Product },
        _ => Operand,
    };

    // NOT LIKE, NOT BETWEEN, NOT IN, IS NOT NULL.
    static bool IsNegated(CqlCall call) => call is { Name: "not", Arguments: [CqlCall { Operator.Kind: CqlOperatorKind.Like or CqlOperatorKind.Between or CqlOperatorKind.In or CqlOperatorKind.IsNull }] };

    static void WriteBare(StringBuilder text, CqlExpression one)
    {
        switch (one)
        {
            case CqlLiteral literal:
                text.Append(Literal(literal.Value));
                break;
            case CqlProperty property:
                text.Append(Name(property.Name));
                break;
            case CqlGeometry { IsBox: true, Place.EnvelopeInternal: var box }:
                text.Append(CultureInfo.InvariantCulture, $"BBOX({box.MinX:R},{box.MinY:R},{box.MaxX:R},{box.MaxY:R})");
                break;
            case CqlGeometry geometry:
                WritePlace(text, geometry.Place);
                break;
            case CqlInterval interval:
                text.Append("INTERVAL(").Append(End(interval.Start)).Append(',').Append(End(interval.End)).Append(')');
                break;
            case CqlArray array:
                WriteList(text, "[", array.Items, "]");
                break;
            case CqlCall call:
                WriteCall(text, call, isNegated: false);
                break;
        }
    }

    static void WriteCall(StringBuilder text, CqlCall call, bool isNegated)
    {
        var not = isNegated ? " NOT" : "";
        switch (call.Operator.Kind)
        {
            case CqlOperatorKind.Logical when IsNegated(call):
                WriteCall(text, (CqlCall)call.Arguments[0], isNegated: true);
                break;
            case CqlOperatorKind.Logical when call.Name == "not":
                text.Append("NOT ");
                Write(text, call.Arguments[0], Not);
                break;
            case CqlOperatorKind.Logical:
                WriteJoined(text, call.Arguments, $" {call.Name.ToUpperInvariant()} ", call.Name == "or" ? And : Not);
                break;
            case CqlOperatorKind.Comparison:
                WriteJoined(text, call.Arguments, call.Name, Sum);
                break;
            case CqlOperatorKind.Arithmetic:
                WriteArithmetic(text, call);
                break;
            case CqlOperatorKind.Like:
                WriteJoined(text, call.Arguments, $"{not} LIKE ", Sum);
                break;
            case CqlOperatorKind.IsNull:
                Write(text, call.Arguments[0], Sum);
                text.Append(" IS").Append(not).Append(" NULL");
                break;
            case CqlOperatorKind.Between:
                Write(text, call.Arguments[0], Sum);
                text.Append(not).Append(" BETWEEN ");
                WriteJoined(text, [.. call.Arguments.Skip(1)], " AND ", Sum);
                break;
            case CqlOperatorKind.In:
                Write(text, call.Arguments[0], Sum);
                text.Append(not).Append(" IN ");
                WriteList(text, "(", ((CqlArray)call.Arguments[1]).Items, ")");
                break;
            default:
                text.Append(call.Operator.Kind == CqlOperatorKind.Function ? call.Name : call.Name.ToUpperInvariant());
                WriteList(text, "(", call.Arguments, ")");
                break;
        }
    }

    // Left to right, but for powers.
    static void WriteArithmetic(StringBuilder text, CqlCall call)
    {
        var level = Level(call);
        Write(text, call.Arguments[0], level + (call.Name == "^" ? 1 : 0));
        text.Append(call.Name == "div" ? " DIV " : call.Name);
        Write(text, call.Arguments[1], level + (call.Name == "^" ? 0 : 1));
    }

    static void WriteJoined(StringBuilder text, IReadOnlyList<CqlExpression> operands, string between, int least)
    {
        for (var at = 0; at < operands.Count; at++)
        {
            text.Append(at == 0 ? "" : between);
            Write(text, operands[at], least);
        }
    }

    static void WriteList(StringBuilder text, string open, IReadOnlyList<CqlExpression> items, string close)
    {
        text.Append(open);
        WriteJoined(text, items, ",", Or);
        text.Append(close);
    }

    static string Literal(object value) => value switch
    {
        string word => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'",
        bool truth => truth ? "TRUE" : "FALSE",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        DateOnly day => $"DATE('{CqlTimes.Text(day)}')",
        var moment => $"TIMESTAMP('{CqlTimes.Text((DateTimeOffset)moment)}')",
    };

    static string End(CqlExpression? end) => end switch
    {
        null => "'..'",
        CqlProperty property => Name(property.Name),
        CqlLiteral { Value: DateOnly day } => $"'{CqlTimes.Text(day)}'",
        CqlLiteral { Value: DateTimeOffset moment } => $"'{CqlTimes.Text(moment)}'",
        _ => Write(end),
    };

    static string Name(string name)
        => CqlLexer.IsIdentifier(name) && !CqlKeywords.Contains(name) ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static void WritePlace(StringBuilder text, Geometry place)
    {
        text.Append(place.GeometryType.ToUpperInvariant());
        WriteParts(text, place);
    }

    static void WriteParts(StringBuilder text, Geometry place)
    {
        switch (place)
        {
            case Point point:
                WritePositions(text, point.CoordinateSequence);
                break;
            case LineString line:
                WritePositions(text, line.CoordinateSequence);
                break;
            case Polygon polygon:
                Bracket(text, [polygon.Shell, .. polygon.Holes], WriteParts);
                break;
            case GeometryCollection { OgcGeometryType: OgcGeometryType.GeometryCollection } mixed:
                Bracket(text, mixed.Geometries, WritePlace);
                break;
            case GeometryCollection several:
                Bracket(text, several.Geometries, WriteParts);
                break;
        }
    }

    static void Bracket(StringBuilder text, IReadOnlyList<Geometry> parts, Action<StringBuilder, Geometry> write)
    {
        for (var at = 0; at < parts.Count; at++)
        {
            text.Append(at == 0 ? '(' : ',');
            write(text, parts[at]);
        }
        text.Append(')');
    }

    static void WritePositions(StringBuilder text, CoordinateSequence places)
    {
        for (var at = 0; at < places.Count; at++)
            text.Append(at == 0 ? '(' : ',').Append(CultureInfo.InvariantCulture, $"{places.GetX(at):R} {places.GetY(at):R}");
        text.Append(')');
    }
}
