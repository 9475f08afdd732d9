using System.Buffers.Binary;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>
/// Puts any WKB (ISO with Z and M as thousands, or PostGIS and old OGC with high bits, either byte order) into a geometry column as two-dimensional ISO WKB.
/// Curves and surfaces other than polygons are none of its business: <see cref="Read"/> says so.
/// </summary>
static class WkbReader
{
    /// <returns>False when the geometry is curved or a surface (types 8 and up), or the bytes are no WKB.</returns>
    public static bool Read(ReadOnlySpan<byte> wkb, GeometryColumn target, int row)
    {
        target.IsEmpty[row] = true;
        var buffer = new WkbBuffer(wkb.Length);
        var walk = new Walk { Bytes = wkb, Out = buffer };
        if (!walk.Geometry(out var type) || type == 0)
            return false;
        target.Kinds[row] = KindOf(type, walk.Dimension);
        if (!walk.HasPoint)
            return true;
        target.IsEmpty[row] = false;
        (target.X[row], target.Y[row]) = (walk.FirstX, walk.FirstY);
        target.Wkb[row] = type == Wkb.Point ? null : buffer.ToArray();
        return true;
    }

    static GeometryKind KindOf(int type, int dimension) => type switch
    {
        Wkb.Point or Wkb.MultiPoint => GeometryKind.Point,
        Wkb.LineString or Wkb.MultiLineString => GeometryKind.Line,
        Wkb.Polygon or Wkb.MultiPolygon => GeometryKind.Polygon,
        _ => dimension switch { 0 => GeometryKind.Point, 1 => GeometryKind.Line, 2 => GeometryKind.Polygon, _ => GeometryKind.Any },
    };

    ref struct Walk
    {
        const int MaxDepth = 32;
        public ReadOnlySpan<byte> Bytes;
        public WkbBuffer Out;
        public bool HasPoint;
        public double FirstX, FirstY;

        /// <summary>Of a collection: its members' dimension; 9 when they differ.</summary>
        public int Dimension;
        bool _hasMember;
        bool _isBig;
        int _depth;

        public bool Geometry(out int type)
        {
            type = 0;
            if (Bytes.Length < 5 || ++_depth > MaxDepth)
                return false;
            _isBig = Bytes[0] == 0;
            Bytes = Bytes[1..];
            var code = (uint)Number();
            if ((code & 0x20000000) != 0)
                Bytes = Bytes[4..];
            var plain = code & 0x0FFFFFFF;
            var extra = (int)(plain / 1000) switch { 1 or 2 => 1, 3 => 2, _ => 0 };
            extra = Math.Max(extra, ((code & 0x80000000) != 0 ? 1 : 0) + ((code & 0x40000000) != 0 ? 1 : 0));
            type = (int)(plain % 1000);
            var isRead = Body(type, 2 + extra);
            _depth--;
            return isRead;
        }

        bool Body(int type, int ordinates)
        {
            if (type is < Wkb.Point or > Wkb.Collection)
                return false;
            Out.Head(type);
            if (type < Wkb.Collection)
                Member((type - 1) % 3);
            return type switch
            {
                Wkb.Point => Points(1, ordinates),
                Wkb.LineString => Counted(out var points) && Points(points, ordinates),
                Wkb.Polygon => Rings(ordinates),
                _ => Members(),
            };
        }

        void Member(int dimension)
        {
            Dimension = _hasMember && Dimension != dimension ? 9 : dimension;
            _hasMember = true;
        }

        bool Rings(int ordinates)
        {
            if (!Counted(out var rings))
                return false;
            for (var ring = 0; ring < rings; ring++)
                if (!Counted(out var points) || !Points(points, ordinates))
                    return false;
            return true;
        }

        bool Members()
        {
            if (!Counted(out var members))
                return false;
            for (var member = 0; member < members; member++)
                if (!Geometry(out _))
                    return false;
            return true;
        }

        bool Counted(out int count)
        {
            count = Bytes.Length < 4 ? -1 : Number();
            if (count < 0)
                return false;
            Out.Number(count);
            return true;
        }

        bool Points(int count, int ordinates)
        {
            if (count > Bytes.Length / (8 * ordinates))
                return false;
            for (var i = 0; i < count; i++)
            {
                var (x, y) = (Real(Bytes), Real(Bytes[8..]));
                Out.Xy(x, y);
                if (!HasPoint && !double.IsNaN(x))
                    (HasPoint, FirstX, FirstY) = (true, x, y);
                Bytes = Bytes[(8 * ordinates)..];
            }
            return true;
        }

        readonly double Real(ReadOnlySpan<byte> at) => _isBig ? BinaryPrimitives.ReadDoubleBigEndian(at) : BinaryPrimitives.ReadDoubleLittleEndian(at);

        int Number()
        {
            var value = _isBig ? BinaryPrimitives.ReadInt32BigEndian(Bytes) : BinaryPrimitives.ReadInt32LittleEndian(Bytes);
            Bytes = Bytes[4..];
            return value;
        }
    }
}
