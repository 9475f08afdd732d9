using NetTopologySuite.Geometries;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Reads places: well-known text (OGC 06-103r4, clause 7, as far as CQL2 takes it) and <c>BBOX(west, south, east, north)</c>. Heights are passed over.</summary>
sealed class CqlPlaceReader(CqlCursor cursor)
{
    static readonly GeometryFactory Factory = CqlPlaces.Factory;
    static readonly HashSet<string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION",
    };

    /// <summary>A polygon or multipolygon that is all of a text, or why it is none.</summary>
    public static (Geometry? Place, CqlFault? Fault) Polygon(string text)
    {
        var cursor = new CqlCursor(text);
        if (!cursor.Current.Is("POLYGON") && !cursor.Current.Is("MULTIPOLYGON"))
            cursor.Wanted("WKT 面（POLYGON 或 MULTIPOLYGON）", "a polygon as WKT (POLYGON or MULTIPOLYGON)");
        var read = new CqlPlaceReader(cursor).Read();
        if (!cursor.IsAtEnd)
            cursor.Wanted("结尾", "the end");
        return cursor.Fault is { } fault ? (null, fault) : ((read as CqlGeometry)?.Place, null);
    }

    /// <summary>Does a place begin here?</summary>
    public bool IsHere => cursor.Current.Kind == CqlTokenKind.Name
        && (cursor.Current.Is("BBOX") ? cursor.Next.IsSymbol("(") : Kinds.Contains(cursor.Current.Value) && (cursor.Next.IsSymbol("(") || cursor.Next.Is("Z") || cursor.Next.Is("EMPTY")));

    public CqlExpression Read()
    {
        var begin = cursor.Current;
        if (begin.Is("BBOX"))
            return Box(begin.Offset);
        var place = Tagged();
        return cursor.Fault is null ? CqlPlaces.Checked(place, isBox: false, begin.Offset, cursor.FailAt) : cursor.Fail("", "");
    }

    CqlExpression Box(int offset)
    {
        cursor.Take();
        var numbers = Listed(cursor.Number);
        return cursor.Fault is null ? CqlPlaces.Box(numbers, offset, cursor.FailAt) : cursor.Fail("", "");
    }

    Geometry Tagged()
    {
        var kind = cursor.Take().Value.ToUpperInvariant();
        cursor.TakeIf("Z");
        if (cursor.Current.Is("EMPTY"))
            cursor.Fail("地点不能为空。", "a place cannot be empty.");
        return kind switch
        {
            "POINT" => Factory.CreatePoint(Single()),
            "LINESTRING" => Line(),
            "POLYGON" => Polygon(),
            "MULTIPOINT" => Factory.CreateMultiPointFromCoords([.. Listed(() => cursor.Current.IsSymbol("(") ? Single() : Position())]),
            "MULTILINESTRING" => Factory.CreateMultiLineString([.. Listed(Line)]),
            "MULTIPOLYGON" => Factory.CreateMultiPolygon([.. Listed(Polygon)]),
            "GEOMETRYCOLLECTION" => Collection(),
            _ => Unknown(),
        };
    }

    GeometryCollection Collection()
    {
        Geometry[] parts = [];
        cursor.Deeper(() =>
        {
            parts = [.. Listed(Tagged)];
            return new CqlArray([]);
        });
        return Factory.CreateGeometryCollection(parts);
    }

    Point Unknown()
    {
        cursor.Wanted("WKT 几何（POINT、LINESTRING、POLYGON 等）", "a place as WKT (POINT, LINESTRING, POLYGON, …)");
        return Factory.CreatePoint();
    }

    LineString Line()
    {
        var (offset, line) = (cursor.Current.Offset, Listed(Position));
        if (cursor.Fault is null && line.Count < 2)
            cursor.FailAt(offset, "线至少有两个点。", "a line has at least two points.");
        return cursor.Fault is null ? Factory.CreateLineString([.. line]) : Factory.CreateLineString();
    }

    Polygon Polygon()
    {
        var rings = Listed(Ring);
        return cursor.Fault is null ? Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]) : Factory.CreatePolygon();
    }

    LinearRing Ring()
    {
        var (offset, ring) = (cursor.Current.Offset, Listed(Position));
        if (cursor.Fault is null && CqlPlaces.RingFault(ring) is { } fault)
            cursor.FailAt(offset, fault.Zh, fault.En);
        return cursor.Fault is null ? Factory.CreateLinearRing([.. ring]) : Factory.CreateLinearRing();
    }

    Coordinate Single()
    {
        cursor.Expect("(");
        var position = Position();
        cursor.Expect(")");
        return position;
    }

    Coordinate Position()
    {
        var position = new Coordinate(cursor.Number(), cursor.Number());
        if (cursor.Current.Kind == CqlTokenKind.Number || cursor.Current.IsSymbol("-"))
            cursor.Number();
        return position;
    }

    List<T> Listed<T>(Func<T> read)
    {
        var items = new List<T>();
        cursor.Expect("(");
        do
            items.Add(read());
        while (cursor.TakeSymbol(","));
        cursor.Expect(")");
        return items;
    }
}
