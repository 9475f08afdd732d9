using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>
/// Puts the content of one .shp record into a geometry column. Layout of a content: shape type (int32), then for points x, y; for the rest a box (4 doubles),
/// counts, part starts (int32) and x, y pairs; Z and M follow and are left out. Part arrays and buffer are reused: one decoder per reader.
/// </summary>
sealed class ShapeDecoder
{
    // The format's mark for "no value"; some programs write a missing point so.
    const double NoData = -1e38;
    readonly WkbBuffer _wkb = new();
    readonly RingGrouper _rings = new();
    double[] _points = new double[256];
    int[] _starts = new int[16];

    /// <returns>False when the content is shorter than its own counts claim or of a type that is no point, line or polygon.</returns>
    public bool TryRead(ReadOnlySpan<byte> content, GeometryColumn target, int row)
    {
        target.IsEmpty[row] = true;
        if (content.Length < 4)
            return content.IsEmpty;
        switch (Plain(BinaryPrimitives.ReadInt32LittleEndian(content)))
        {
            case 0:
                return true;
            case 1 or 11 or 21:
                return TryPoint(content, target, row);
            case 8 or 18 or 28:
                return TryMultiPoint(content, target, row);
            case 3 or 13 or 23:
                return TryParts(content, target, row, GeometryKind.Line);
            case 5 or 15 or 25:
                return TryParts(content, target, row, GeometryKind.Polygon);
            default:
                return false;
        }
    }

    // Geodatabases have numbers of their own for shapes with Z (9, 10, 19, 20) and general ones (50 to 53), whose high bits tell what follows the points;
    // one with curves (bit 29) is not among those read, as its points alone would cut the curves short.
    static int Plain(int type) => ((type & 0xFF) is >= 50 and <= 53 ? type & 0x200000FF : type) switch
    {
        9 or 52 => 1,
        10 or 50 => 3,
        19 or 51 => 5,
        20 or 53 => 8,
        var same => same,
    };

    static bool TryPoint(ReadOnlySpan<byte> content, GeometryColumn target, int row)
    {
        if (content.Length < 20)
            return false;
        var (x, y) = (BinaryPrimitives.ReadDoubleLittleEndian(content[4..]), BinaryPrimitives.ReadDoubleLittleEndian(content[12..]));
        target.Kinds[row] = GeometryKind.Point;
        target.IsEmpty[row] = x < NoData && y < NoData;
        (target.X[row], target.Y[row]) = (x, y);
        return true;
    }

    bool TryMultiPoint(ReadOnlySpan<byte> content, GeometryColumn target, int row)
    {
        target.Kinds[row] = GeometryKind.Point;
        if (content.Length < 40 || BinaryPrimitives.ReadInt32LittleEndian(content[36..]) is var count && !TryPoints(content[40..], count))
            return false;
        if (count == 0)
            return true;
        Place(target, row);
        if (count == 1)
            return true;
        _wkb.Clear();
        _wkb.Head(Wkb.MultiPoint, count);
        for (var i = 0; i < count; i++)
        {
            _wkb.Head(Wkb.Point);
            _wkb.Xy(_points[2 * i], _points[2 * i + 1]);
        }
        target.Wkb[row] = _wkb.ToArray();
        return true;
    }

    bool TryParts(ReadOnlySpan<byte> content, GeometryColumn target, int row, GeometryKind kind)
    {
        target.Kinds[row] = kind;
        if (content.Length < 44)
            return false;
        var (parts, points) = (BinaryPrimitives.ReadInt32LittleEndian(content[36..]), BinaryPrimitives.ReadInt32LittleEndian(content[40..]));
        if (parts < 0 || parts > (content.Length - 44) / 4 || !TryPoints(content[(44 + 4 * parts)..], points) || !TryStarts(content[44..], parts, points))
            return false;
        if (points == 0 || parts == 0)
            return true;
        Place(target, row);
        _wkb.Clear();
        if (kind == GeometryKind.Line)
            WriteLines(parts);
        else
            _rings.Write(_points, _starts.AsSpan(0, parts + 1), _wkb);
        target.Wkb[row] = _wkb.ToArray();
        return true;
    }

    void Place(GeometryColumn target, int row)
    {
        target.IsEmpty[row] = false;
        (target.X[row], target.Y[row]) = (_points[0], _points[1]);
    }

    void WriteLines(int parts)
    {
        var written = 0;
        for (var part = 0; part < parts; part++)
            written += _starts[part + 1] > _starts[part] ? 1 : 0;
        if (written > 1)
            _wkb.Head(Wkb.MultiLineString, written);
        for (var part = 0; part < parts; part++)
            if (_starts[part + 1] > _starts[part])
                WriteLine(_points.AsSpan(2 * _starts[part], 2 * (_starts[part + 1] - _starts[part])));
    }

    // A line of one point is written as two equal ones: readable, and found invalid by the checks instead of vanishing here.
    void WriteLine(ReadOnlySpan<double> points)
    {
        _wkb.Head(Wkb.LineString, Math.Max(2, points.Length / 2));
        _wkb.Points(points);
        if (points.Length == 2)
            _wkb.Points(points);
    }

    bool TryPoints(ReadOnlySpan<byte> bytes, int count)
    {
        if (count < 0 || count > bytes.Length / 16)
            return false;
        if (_points.Length < 2 * count)
            _points = new double[Math.Max(2 * count, 2 * _points.Length)];
        MemoryMarshal.Cast<byte, double>(bytes[..(16 * count)]).CopyTo(_points);
        return true;
    }

    // One start more than parts, so that part i is [starts[i], starts[i + 1]).
    bool TryStarts(ReadOnlySpan<byte> bytes, int parts, int points)
    {
        if (_starts.Length <= parts)
            _starts = new int[Math.Max(parts + 1, 2 * _starts.Length)];
        for (var part = 0; part < parts; part++)
            _starts[part] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * part)..]);
        _starts[parts] = points;
        for (var part = 0; part < parts; part++)
            if (_starts[part] < 0 || _starts[part] > _starts[part + 1])
                return false;
        return true;
    }
}
