using System.Buffers.Binary;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Exports.Shapefiles;

/// <summary>
/// Writes a .shp and its .shx (ESRI Shapefile Technical Description, 1998): big-endian record heads, little-endian contents, lengths in 16-bit words. Shells turn
/// clockwise, holes the other way.
/// </summary>
sealed class ShpWriter : IDisposable
{
    const int HeaderBytes = 100, FileCode = 9994, Version = 1000;

    readonly FileStream _shp, _shx;
    readonly int _type;
    byte[] _content = new byte[1024];
    int _rows;
    double _west = double.MaxValue, _south = double.MaxValue, _east = double.MinValue, _north = double.MinValue;

    /// <param name="stem">Path without extension.</param>
    public ShpWriter(string stem, ShapeType type)
    {
        _type = (int)type;
        (_shp, _shx) = (Create(stem + ".shp"), Create(stem + ".shx"));
        _shp.Write(new byte[HeaderBytes]);
        _shx.Write(new byte[HeaderBytes]);
    }

    public long Bytes => _shp.Length;

    /// <param name="shape">Null for a row without geometry.</param>
    public void Add(FlatShape? shape)
    {
        var length = shape is null ? Null() : Encode(shape);
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, (int)(_shp.Position / 2));
        BinaryPrimitives.WriteInt32BigEndian(head[4..], length / 2);
        _shx.Write(head);
        BinaryPrimitives.WriteInt32BigEndian(head, ++_rows);
        _shp.Write(head);
        _shp.Write(_content.AsSpan(0, length));
    }

    public void Dispose()
    {
        WriteHeader(_shp);
        WriteHeader(_shx);
        _shp.Dispose();
        _shx.Dispose();
    }

    static FileStream Create(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18);

    int Null()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_content, 0);
        return 4;
    }

    int Encode(FlatShape shape)
    {
        var box = shape.Box();
        (_west, _south, _east, _north) = (Math.Min(_west, box.West), Math.Min(_south, box.South), Math.Max(_east, box.East), Math.Max(_north, box.North));
        var (parts, points) = (shape.PartEnds.Length, shape.X.Length);
        var length = (ShapeType)_type switch { ShapeType.Point => 20, ShapeType.MultiPoint => 40 + 16 * points, _ => 44 + 4 * parts + 16 * points };
        if (_content.Length < length)
            _content = new byte[length * 2];
        BinaryPrimitives.WriteInt32LittleEndian(_content, _type);
        if ((ShapeType)_type == ShapeType.Point)
        {
            Xy(4, shape, 0);
            return length;
        }
        Box(box);
        if ((ShapeType)_type == ShapeType.MultiPoint)
        {
            Number(36, points);
            for (var at = 0; at < points; at++)
                Xy(40 + 16 * at, shape, at);
            return length;
        }
        Number(36, parts);
        Number(40, points);
        for (int part = 0, first = 0; part < parts; first = shape.PartEnds[part++])
        {
            Number(44 + 4 * part, first);
            var isReversed = shape.Kind == GeometryKind.Polygon && IsClockwise(shape, first, shape.PartEnds[part]) != IsShell(shape, part);
            for (int at = first, end = shape.PartEnds[part]; at < end; at++)
                Xy(44 + 4 * parts + 16 * at, shape, isReversed ? first + end - 1 - at : at);
        }
        return length;
    }

    static bool IsShell(FlatShape shape, int ring) => ring == 0 || shape.PolygonEnds.Contains(ring);

    static bool IsClockwise(FlatShape shape, int first, int end)
    {
        var x = shape.X;
        var y = shape.Y;
        var area = 0.0;
        // Relative to the first corner, as coordinates of a Gauss–Krüger zone are large beside a manhole.
        for (var at = first; at + 1 < end; at++)
            area += (x[at] - x[first]) * (y[at + 1] - y[first]) - (x[at + 1] - x[first]) * (y[at] - y[first]);
        return area < 0;
    }

    void Box((double West, double South, double East, double North) box)
    {
        Real(4, box.West);
        Real(12, box.South);
        Real(20, box.East);
        Real(28, box.North);
    }

    void Xy(int at, FlatShape shape, int point)
    {
        Real(at, shape.X[point]);
        Real(at + 8, shape.Y[point]);
    }

    void Real(int at, double value) => BinaryPrimitives.WriteDoubleLittleEndian(_content.AsSpan(at), value);

    void Number(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_content.AsSpan(at), value);

    void WriteHeader(FileStream file)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt32BigEndian(header, FileCode);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(24), (int)(file.Length / 2));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(32), _type);
        double[] box = _west > _east ? [0, 0, 0, 0] : [_west, _south, _east, _north];
        for (var at = 0; at < box.Length; at++)
            BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(36 + 8 * at), box[at]);
        file.Position = 0;
        file.Write(header);
    }
}
