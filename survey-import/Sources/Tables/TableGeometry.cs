using System.Globalization;
using CityOps.Gis.Layers;
using NetTopologySuite.IO;
using NetTopologySuite.Utilities;

namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>Finds the coordinate columns of a table by their names and first values, and turns cells into positions.</summary>
static class TableGeometry
{
    static readonly (string[] X, string[] Y)[] Pairs =
    [
        (["经度", "jd", "lon", "long", "lng", "longitude", "经度坐标", "gps经度", "wgs84_lon", "gcj02_lon"],
            ["纬度", "wd", "lat", "latitude", "纬度坐标", "gps纬度", "wgs84_lat", "gcj02_lat"]),
        (["pointx", "point_x", "x坐标", "横坐标", "坐标x", "xcoord", "x_coord", "coordx", "coord_x", "easting", "x", "poi_x", "东坐标"],
            ["pointy", "point_y", "y坐标", "纵坐标", "坐标y", "ycoord", "y_coord", "coordy", "coord_y", "northing", "y", "poi_y", "北坐标"]),
    ];

    // A multipolygon has three; collections in collections are none that anybody delivers.
    const int MostNested = 16;

    static readonly string[] WktNames = ["wkt", "geom", "geometry", "the_geom", "shape", "wkt_geom", "几何"];

    /// <param name="rows">First rows; a column counts only if most of its values are coordinates.</param>
    public static TableShape Find(IReadOnlyList<string> names, IReadOnlyList<string?[]> rows)
    {
        var keys = names.Select(n => n.Trim().TrimStart('\uFEFF').ToLowerInvariant()).ToArray();
        foreach (var (xs, ys) in Pairs)
            if (Column(keys, xs, rows, IsNumber) is var x and >= 0 && Column(keys, ys, rows, IsNumber) is var y and >= 0)
                return TableShape.None with { X = x, Y = y };
        return TableShape.None with { Wkt = Column(keys, WktNames, rows, IsWkt) };
    }

    public static GeometryKind? Kind(TableShape shape) => shape.IsPoint ? GeometryKind.Point : shape.Wkt >= 0 ? GeometryKind.Any : null;

    public static LocalText Evidence(TableShape shape, IReadOnlyList<string> names)
        => shape.IsPoint ? new($"位置取自 {names[shape.X]} 和 {names[shape.Y]} 两列。", $"Positions come from the columns {names[shape.X]} and {names[shape.Y]}.")
            : shape.Wkt >= 0 ? new($"图形取自 {names[shape.Wkt]} 列的 WKT 文本。", $"Geometry comes from the well-known text in column {names[shape.Wkt]}.")
            : new("没有找到坐标列，该表不带图形。", "No coordinate columns were recognised; the table has no geometry.");

    public static void Put(TableShape shape, string?[] cells, GeometryColumn target, int row, WKTReader wkt)
    {
        target.IsEmpty[row] = true;
        target.Kinds[row] = GeometryKind.Point;
        if (shape.IsPoint && TryNumber(cells[shape.X], out target.X[row]) && TryNumber(cells[shape.Y], out target.Y[row]))
            target.IsEmpty[row] = false;
        else if (shape.Wkt >= 0 && cells[shape.Wkt] is { } text)
            PutWkt(text, target, row, wkt);
    }

    static void PutWkt(string text, GeometryColumn target, int row, WKTReader reader)
    {
        try
        {
            if (!IsNested(text) && reader.Read(text) is { IsEmpty: false } geometry)
                WkbReader.Read(new WKBWriter(NetTopologySuite.IO.ByteOrder.LittleEndian, false, false, false).Write(geometry), target, row);
        }
        // Of broken text the library says so in these ways too.
        catch (Exception notWkt) when (notWkt is ParseException or ArgumentException or FormatException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or AssertionFailedException)
        {
            // A cell that is no geometry is a fault of its row: it stays empty here and the checks report it.
            target.IsEmpty[row] = true;
        }
    }

    // Collections in collections: the library reads them one within the other and has no end of it but the stack's.
    static bool IsNested(string text)
    {
        var depth = 0;
        foreach (var sign in text)
            if (sign == '(' && ++depth > MostNested)
                return true;
            else if (sign == ')')
                depth--;
        return false;
    }

    static int Column(string[] keys, string[] wanted, IReadOnlyList<string?[]> rows, Func<string, bool> fits)
    {
        foreach (var name in wanted)
            if (Array.IndexOf(keys, name) is var column and >= 0
                && rows.Select(r => r[column]).OfType<string>().ToArray() is { Length: > 0 } values && 2 * values.Count(fits) > values.Length)
                return column;
        return -1;
    }

    static bool IsNumber(string cell) => TryNumber(cell, out _);

    static bool TryNumber(string? cell, out double value)
        => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    static bool IsWkt(string cell)
        => cell.TrimStart() is var text && (text.StartsWith("POINT", StringComparison.OrdinalIgnoreCase) || text.StartsWith("LINESTRING", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("POLYGON", StringComparison.OrdinalIgnoreCase) || text.StartsWith("MULTI", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("GEOMETRYCOLLECTION", StringComparison.OrdinalIgnoreCase));
}
