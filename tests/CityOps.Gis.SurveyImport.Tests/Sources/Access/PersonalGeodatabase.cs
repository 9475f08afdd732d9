using NetTopologySuite.Geometries;

namespace CityOps.Gis.Tests.SurveyImport.Sources.Access;

/// <summary>
/// A personal geodatabase as ArcGIS lays one out in an Access file, in CGCS2000 with a 3° zone at 117° E (EPSG:4548): feature classes, each with its grid index, and ESRI's
/// tables of geometry columns, reference systems and object classes. Shapes are records of the shapefile format.
/// </summary>
sealed class PersonalGeodatabase
{
    const string Cgcs2000Zone117 = """PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]""";

    readonly AccessFile _file = new();
    readonly List<object?[]> _classes = [];
    readonly List<object?[]> _geometryColumns = [];

    /// <param name="rows">Geometry and values of each row.</param>
    public PersonalGeodatabase Class(string name, AccessColumn[] fields, IReadOnlyList<(Geometry? Shape, object?[] Values)> rows, params int[] deleted)
    {
        var extent = new Envelope();
        foreach (var (shape, _) in rows)
            extent.ExpandToInclude(shape?.EnvelopeInternal ?? new());
        _file.Add(name, [new("OBJECTID", AccessType.Long), new("Shape", AccessType.Ole), .. fields],
            rows.Select((row, i) => (object?[])[i + 1, row.Shape is null ? null : Shape(row.Shape), .. row.Values]), deleted);
        _file.Add(name + "_Shape_Index",
            [new("IndexedObjectId", AccessType.Long), new("MinGX", AccessType.Long), new("MinGY", AccessType.Long), new("MaxGX", AccessType.Long), new("MaxGY", AccessType.Long)],
            rows.Select((_, i) => (object?[])[i + 1, 0, 0, 0, 0]));
        _classes.Add([_classes.Count + 1, name, null, name, null, 1]);
        _geometryColumns.Add([name, "Shape", ShapeType(rows[0].Shape!), extent.MinX, extent.MinY, extent.MaxX, extent.MaxY, 0.0, 0.0, 1000.0, 1, rows[0].Shape!.Coordinate is CoordinateZ, false]);
        return this;
    }

    /// <summary>A table without geometry, as Access makes one.</summary>
    public PersonalGeodatabase Table(string name, AccessColumn[] columns, params object?[][] rows)
    {
        _file.Add(name, columns, rows);
        return this;
    }

    public string Save(string path)
    {
        _file.Add("GDB_GeomColumns",
            [
                new("TableName", AccessType.Text), new("FieldName", AccessType.Text), new("ShapeType", AccessType.Long), .. Doubles("ExtentLeft", "ExtentBottom", "ExtentRight", "ExtentTop"),
                .. Doubles("IdxOriginX", "IdxOriginY", "IdxGridSize"), new("SRID", AccessType.Long), new("HasZ", AccessType.Boolean), new("HasM", AccessType.Boolean),
            ],
            _geometryColumns);
        _file.Add("GDB_SpatialRefs",
            [new("SRID", AccessType.Long), new("SRTEXT", AccessType.Memo), .. Doubles("FalseX", "FalseY", "XYUnits", "FalseZ", "ZUnits", "FalseM", "MUnits")],
            [[1, Cgcs2000Zone117, -5123200.0, -10002100.0, 10000.0, -100000.0, 10000.0, -100000.0, 10000.0]]);
        _file.Add("GDB_ObjectClasses",
            [new("ID", AccessType.Long), .. Texts("Name", "CLSID", "AliasName", "EXTCLSID"), new("DatasetID", AccessType.Long)], _classes);
        _file.Save(path);
        return path;
    }

    static IEnumerable<AccessColumn> Doubles(params string[] names) => names.Select(name => new AccessColumn(name, AccessType.Double));
    static IEnumerable<AccessColumn> Texts(params string[] names) => names.Select(name => new AccessColumn(name, AccessType.Text));

    // ESRI's numbers in GDB_GeomColumns, which are not those of the shapes.
    static int ShapeType(Geometry shape) => shape.Dimension switch { Dimension.Point => 1, Dimension.Curve => 3, _ => 4 };

    static byte[] Shape(Geometry shape)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        if (shape is Point { Coordinate: CoordinateZ spot })
            Write(writer, 9, spot.X, spot.Y, spot.Z);
        else if (shape is Point point)
            Write(writer, 1, point.X, point.Y);
        else
            WriteParts(writer, shape, shape is Polygon polygon ? [polygon.Shell.Coordinates, .. polygon.Holes.Select(hole => hole.Coordinates)] : [shape.Coordinates]);
        return bytes.ToArray();
    }

    static void WriteParts(BinaryWriter writer, Geometry shape, Coordinate[][] parts)
    {
        var box = shape.EnvelopeInternal;
        Write(writer, shape is Polygon ? 5 : 3, box.MinX, box.MinY, box.MaxX, box.MaxY);
        writer.Write(parts.Length);
        writer.Write(parts.Sum(part => part.Length));
        var first = 0;
        foreach (var part in parts)
        {
            writer.Write(first);
            first += part.Length;
        }
        foreach (var spot in parts.SelectMany(part => part))
        {
            writer.Write(spot.X);
            writer.Write(spot.Y);
        }
    }

    static void Write(BinaryWriter writer, int type, params double[] numbers)
    {
        writer.Write(type);
        foreach (var number in numbers)
            writer.Write(number);
    }
}
