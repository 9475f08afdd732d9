using System.Buffers.Binary;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>
/// PostGIS's binary geometry (EWKB): byte order, type with flags for Z (0x80000000), M (0x40000000) and SRID (0x20000000), then coordinates as doubles.
/// Reads longitude and latitude; further ordinates are passed over.
/// </summary>
ref struct Ewkb(ReadOnlySpan<byte> bytes)
{
    const uint HasZ = 0x8000_0000, HasM = 0x4000_0000, HasSrid = 0x2000_0000;
    readonly ReadOnlySpan<byte> _bytes = bytes;
    int _at;
    bool _littleEndian;
    int _ordinates;

    double _west = double.PositiveInfinity, _south = double.PositiveInfinity, _east = double.NegativeInfinity, _north = double.NegativeInfinity;

    /// <summary>Middle of the box of the vertices read, degrees.</summary>
    public readonly (double Longitude, double Latitude) Middle => ((_west + _east) / 2, (_south + _north) / 2);

    /// <summary>The common case in place: one point of two ordinates.</summary>
    public static bool TryPoint(ReadOnlySpan<byte> bytes, out double longitude, out double latitude)
    {
        (longitude, latitude) = (double.NaN, double.NaN);
        if (bytes.Length is not (21 or 25) || bytes[0] != 1 || (BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]) & ~HasSrid) != 1)
            return false;
        longitude = BinaryPrimitives.ReadDoubleLittleEndian(bytes[^16..]);
        latitude = BinaryPrimitives.ReadDoubleLittleEndian(bytes[^8..]);
        return true;
    }

    /// <summary>Adds the parts to the shape begun; false = no vertex at all.</summary>
    public bool AddTo(ShapeRows shapes)
    {
        Geometry(shapes);
        return _west <= _east;
    }

    void Geometry(ShapeRows shapes)
    {
        _littleEndian = _bytes[_at++] == 1;
        var type = Integer();
        _ordinates = 2 + ((type & HasZ) != 0 ? 1 : 0) + ((type & HasM) != 0 ? 1 : 0);
        if ((type & HasSrid) != 0)
            _at += 4;
        switch (type & 0xFF)
        {
            case 1:
                Part(shapes, ShapePart.Points, 1);
                break;
            case 2:
                Part(shapes, ShapePart.Line, (int)Integer());
                break;
            case 3:
                Rings(shapes, (int)Integer());
                break;
            case 4 or 5 or 6 or 7:
                for (var left = Integer(); left > 0; left--)
                    Geometry(shapes);
                break;
            default:
                throw new SnapshotException($"A geometry of type {type & 0xFF} (neither point, line, polygon nor several of them) cannot be held in memory.");
        }
    }

    void Rings(ShapeRows shapes, int rings)
    {
        for (var ring = 0; ring < rings; ring++)
            Part(shapes, ring == 0 ? ShapePart.Shell : ShapePart.Hole, (int)Integer());
    }

    void Part(ShapeRows shapes, ShapePart kind, int vertices)
    {
        shapes.BeginPart(kind);
        for (; vertices > 0; vertices--)
        {
            var (x, y) = (Ordinate(0), Ordinate(1));
            _at += 8 * _ordinates;
            if (double.IsNaN(x) || double.IsNaN(y))
                continue;
            (_west, _east, _south, _north) = (Math.Min(_west, x), Math.Max(_east, x), Math.Min(_south, y), Math.Max(_north, y));
            shapes.AddVertex(WorldBox.XOf(x), WorldBox.YOf(y));
        }
    }

    uint Integer()
    {
        var from = _bytes[_at..];
        _at += 4;
        return _littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(from) : BinaryPrimitives.ReadUInt32BigEndian(from);
    }

    readonly double Ordinate(int number)
    {
        var from = _bytes[(_at + number * 8)..];
        return _littleEndian ? BinaryPrimitives.ReadDoubleLittleEndian(from) : BinaryPrimitives.ReadDoubleBigEndian(from);
    }
}
