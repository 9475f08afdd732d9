using System.Buffers.Binary;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Features;

/// <summary>
/// A geometry taken apart: its coordinates in two columns, and where its parts end. One instance is filled again and again, so that a million geometries cost no
/// memory. Layout: points have neither parts nor polygons; a line's parts are its lines; a polygon's parts are its rings, shell first, and
/// <see cref="PolygonEnds"/> counts rings.
/// </summary>
public sealed class FlatShape
{
    const int Point = 1, Line = 2, Polygon = 3, MultiPoint = 4, Collection = 7;

    double[] _x = new double[64], _y = new double[64];
    int[] _parts = new int[8], _polygons = new int[4];
    int _points, _partCount, _polygonCount;

    /// <summary><see cref="GeometryKind.None"/> for an empty geometry.</summary>
    public GeometryKind Kind { get; private set; } = GeometryKind.None;

    /// <summary>True for MultiPoint, MultiLineString and MultiPolygon, also with one member.</summary>
    public bool IsMulti { get; private set; }
    public Span<double> X => _x.AsSpan(0, _points);
    public Span<double> Y => _y.AsSpan(0, _points);

    /// <summary>For each line or ring, the number of the coordinate after its last.</summary>
    public ReadOnlySpan<int> PartEnds => _parts.AsSpan(0, _partCount);

    /// <summary>For each polygon, the number of the ring after its last.</summary>
    public ReadOnlySpan<int> PolygonEnds => _polygons.AsSpan(0, _polygonCount);

    /// <summary>Takes a geometry of two dimensions in.</summary>
    /// <param name="wkb">Little-endian ISO WKB: points, lines and polygons, single or multiple.</param>
    /// <exception cref="ArgumentException">A collection, or another type.</exception>
    public void Read(ReadOnlySpan<byte> wkb)
    {
        (_points, _partCount, _polygonCount) = (0, 0, 0);
        var type = BinaryPrimitives.ReadInt32LittleEndian(wkb[1..]);
        if (type is < Point or >= Collection)
            throw new ArgumentException($"A geometry of WKB type {type} cannot be taken apart.", nameof(wkb));
        IsMulti = type >= MultiPoint;
        var single = IsMulti ? type - MultiPoint + Point : type;
        if (IsMulti)
        {
            var members = BinaryPrimitives.ReadInt32LittleEndian(wkb[5..]);
            wkb = wkb[9..];
            for (var member = 0; member < members; member++)
                wkb = Member(wkb[5..], single);
        }
        else
            Member(wkb[5..], single);
        Kind = _points == 0 ? GeometryKind.None : single switch { Point => GeometryKind.Point, Line => GeometryKind.Line, _ => GeometryKind.Polygon };
    }

    /// <summary>West, south, east and north of the coordinates, in their own units.</summary>
    public (double West, double South, double East, double North) Box()
    {
        var (west, south, east, north) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        for (var at = 0; at < _points; at++)
        {
            (west, east) = (Math.Min(west, _x[at]), Math.Max(east, _x[at]));
            (south, north) = (Math.Min(south, _y[at]), Math.Max(north, _y[at]));
        }
        return (west, south, east, north);
    }

    /// <summary>Number of bytes that <see cref="Write"/> needs.</summary>
    public int WkbLength => Kind switch
    {
        _ when Kind == GeometryKind.Point && !IsMulti => 21,
        GeometryKind.Point => 9 + 21 * _points,
        GeometryKind.Line => (IsMulti ? 9 : 0) + 9 * _partCount + 16 * _points,
        GeometryKind.Polygon => (IsMulti ? 9 : 0) + 9 * _polygonCount + 4 * _partCount + 16 * _points,
        _ => 0,
    };

    /// <summary>Writes the geometry as little-endian ISO WKB of <see cref="WkbLength"/> bytes; an empty one is not written.</summary>
    public void Write(Span<byte> wkb)
    {
        var target = new Target(wkb);
        var single = Kind switch { GeometryKind.Point => Point, GeometryKind.Line => Line, _ => Polygon };
        if (Kind == GeometryKind.None)
            return;
        if (IsMulti)
            target.Head(single + MultiPoint - Point, Kind switch { GeometryKind.Point => _points, GeometryKind.Line => _partCount, _ => _polygonCount });
        if (Kind == GeometryKind.Point)
            for (var at = 0; at < _points; at++)
            {
                target.Head(Point);
                Coordinates(ref target, at, at + 1);
            }
        else if (Kind == GeometryKind.Line)
            for (int part = 0, at = 0; part < _partCount; at = _parts[part++])
            {
                target.Head(Line, _parts[part] - at);
                Coordinates(ref target, at, _parts[part]);
            }
        else
            for (int polygon = 0, ring = 0; polygon < _polygonCount; polygon++)
            {
                target.Head(Polygon, _polygons[polygon] - ring);
                for (; ring < _polygons[polygon]; ring++)
                {
                    var first = ring == 0 ? 0 : _parts[ring - 1];
                    target.Number(_parts[ring] - first);
                    Coordinates(ref target, first, _parts[ring]);
                }
            }
    }

    void Coordinates(ref Target target, int first, int end)
    {
        for (var at = first; at < end; at++)
            target.Xy(_x[at], _y[at]);
    }

    // The body of a single geometry; gives what follows it.
    ReadOnlySpan<byte> Member(ReadOnlySpan<byte> body, int type)
    {
        if (type == Point)
            return double.IsNaN(BinaryPrimitives.ReadDoubleLittleEndian(body)) ? body[16..] : Take(body, 1);
        var count = BinaryPrimitives.ReadInt32LittleEndian(body);
        body = body[4..];
        if (type == Line)
            return count == 0 ? body : Part(body, count);
        for (var ring = 0; ring < count; ring++)
            body = Part(body[4..], BinaryPrimitives.ReadInt32LittleEndian(body));
        if (count > 0)
            Add(ref _polygons, ref _polygonCount, _partCount);
        return body;
    }

    ReadOnlySpan<byte> Part(ReadOnlySpan<byte> body, int count)
    {
        body = Take(body, count);
        Add(ref _parts, ref _partCount, _points);
        return body;
    }

    ReadOnlySpan<byte> Take(ReadOnlySpan<byte> body, int count)
    {
        if (_points + count > _x.Length)
        {
            var length = Math.Max(_x.Length * 2, _points + count);
            Array.Resize(ref _x, length);
            Array.Resize(ref _y, length);
        }
        for (var at = 0; at < count; at++, _points++)
            (_x[_points], _y[_points]) = (BinaryPrimitives.ReadDoubleLittleEndian(body[(16 * at)..]), BinaryPrimitives.ReadDoubleLittleEndian(body[(16 * at + 8)..]));
        return body[(16 * count)..];
    }

    static void Add(ref int[] numbers, ref int count, int number)
    {
        if (count == numbers.Length)
            Array.Resize(ref numbers, count * 2);
        numbers[count++] = number;
    }

    ref struct Target(Span<byte> bytes)
    {
        Span<byte> _bytes = bytes;

        public void Head(int type)
        {
            _bytes[0] = 1;
            BinaryPrimitives.WriteInt32LittleEndian(_bytes[1..], type);
            _bytes = _bytes[5..];
        }

        public void Head(int type, int count)
        {
            Head(type);
            Number(count);
        }

        public void Number(int number)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_bytes, number);
            _bytes = _bytes[4..];
        }

        public void Xy(double x, double y)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes, x);
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes[8..], y);
            _bytes = _bytes[16..];
        }
    }
}
