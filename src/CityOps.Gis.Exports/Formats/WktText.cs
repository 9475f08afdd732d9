using System.Globalization;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Exports.Formats;

/// <summary>Writes geometries as well-known text (OGC 06-103r4).</summary>
static class WktText
{
    /// <param name="decimals">Most decimals of a coordinate.</param>
    public static void Write(FlatShape shape, int decimals, TextWriter target)
    {
        var name = shape.Kind switch { GeometryKind.Point => "POINT", GeometryKind.Line => "LINESTRING", _ => "POLYGON" };
        target.Write(shape.IsMulti ? "MULTI" : "");
        target.Write(name);
        target.Write(" (");
        if (shape.Kind == GeometryKind.Point)
            WritePoints(shape, decimals, target);
        else if (shape is { Kind: GeometryKind.Line, IsMulti: false })
            WriteRun(shape, 0, shape.X.Length, decimals, target);
        else
            WriteParts(shape, decimals, target);
        target.Write(')');
    }

    /// <summary>A coordinate or any other number, as short as it can be.</summary>
    public static void WriteNumber(double value, int decimals, TextWriter target)
    {
        Span<char> text = stackalloc char[32];
        Math.Round(value, decimals).TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        target.Write(text[..length]);
    }

    static void WritePoints(FlatShape shape, int decimals, TextWriter target)
    {
        for (var at = 0; at < shape.X.Length; at++)
        {
            target.Write(at == 0 ? "" : ", ");
            target.Write(shape.IsMulti ? "(" : "");
            WriteXy(shape, at, decimals, target);
            target.Write(shape.IsMulti ? ")" : "");
        }
    }

    static void WriteParts(FlatShape shape, int decimals, TextWriter target)
    {
        var isNested = shape is { Kind: GeometryKind.Polygon, IsMulti: true };
        for (int part = 0, first = 0, polygon = 0; part < shape.PartEnds.Length; first = shape.PartEnds[part++])
        {
            target.Write(part == 0 ? "" : ", ");
            if (isNested && (part == 0 || part == shape.PolygonEnds[polygon - 1]))
            {
                target.Write('(');
                polygon++;
            }
            target.Write('(');
            WriteRun(shape, first, shape.PartEnds[part], decimals, target);
            target.Write(')');
            if (isNested && part + 1 == shape.PolygonEnds[polygon - 1])
                target.Write(')');
        }
    }

    static void WriteRun(FlatShape shape, int first, int end, int decimals, TextWriter target)
    {
        for (var at = first; at < end; at++)
        {
            target.Write(at == first ? "" : ", ");
            WriteXy(shape, at, decimals, target);
        }
    }

    static void WriteXy(FlatShape shape, int at, int decimals, TextWriter target)
    {
        WriteNumber(shape.X[at], decimals, target);
        target.Write(' ');
        WriteNumber(shape.Y[at], decimals, target);
    }
}
