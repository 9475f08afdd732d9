using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Writes a shapefile in EPSG:4548 with a GBK table as a stream: any number of rows in constant memory. Fill the row with the <c>Set</c>
/// functions, then end it with its shape; the headers are completed when the writer is disposed.
/// </summary>
public sealed class ShapefileWriter : IDisposable
{
    /// <summary>EPSG:4548 in the words of ESRI, as found in .prj files (registry definition).</summary>
    public const string Prj4548 =
        "PROJCS[\"CGCS2000_3_Degree_GK_CM_117E\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\","
        + "SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],"
        + "PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],"
        + "PARAMETER[\"Central_Meridian\",117.0],PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";

    const byte LanguageGbk = 0x4D;
    const int BufferBytes = 1 << 18;

    static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;

    readonly FileStream _shp;
    readonly FileStream _shx;
    readonly FileStream _dbf;
    readonly ShapeKind _kind;
    readonly IReadOnlyList<DbfField> _fields;
    readonly int[] _offsets;
    readonly byte[] _row;
    byte[] _shape = new byte[1024];
    int _rows;
    double _minX = double.MaxValue, _minY = double.MaxValue, _maxX = double.MinValue, _maxY = double.MinValue;

    /// <param name="path">Without extension.</param>
    public ShapefileWriter(string path, ShapeKind kind, IReadOnlyList<DbfField> fields)
    {
        (_kind, _fields) = (kind, fields);
        _offsets = new int[fields.Count];
        var width = 1;
        for (var i = 0; i < fields.Count; i++)
            (_offsets[i], width) = (width, width + fields[i].Width);
        _row = new byte[width];
        _row.AsSpan().Fill((byte)' ');
        (_shp, _shx, _dbf) = (Create(path + ".shp"), Create(path + ".shx"), Create(path + ".dbf"));
        _shp.Write(new byte[100]);
        _shx.Write(new byte[100]);
        WriteTableHeader();
        File.WriteAllText(path + ".prj", Prj4548);
        File.WriteAllText(path + ".cpg", "GBK");
    }

    public int Rows => _rows;

    /// <summary>Bytes of a text as the table stores them.</summary>
    public static byte[] Encode(string text) => Gbk.GetBytes(text);

    public void Set(int field, ReadOnlySpan<byte> gbk)
    {
        var cell = Cell(field);
        gbk[..Math.Min(gbk.Length, cell.Length)].CopyTo(cell);
    }

    public void Set(int field, string text) => Set(field, Gbk.GetBytes(text));

    /// <summary>Blanks a cell.</summary>
    public void Clear(int field) => Cell(field).Fill((byte)' ');

    public void Set(int field, double number)
    {
        var cell = Cell(field);
        Span<byte> text = stackalloc byte[32];
        number.TryFormat(text, out var length, _fields[field].Decimals == 3 ? "F3" : "F2", CultureInfo.InvariantCulture);
        text[..length].CopyTo(_fields[field].Type == 'N' ? cell[(cell.Length - length)..] : cell);
    }

    public void EndPoint(double x, double y)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_shape, (int)ShapeKind.Point);
        Put(4, x);
        Put(12, y);
        Grow(x, y);
        End(20);
    }

    public void EndPointZ(double x, double y, double z)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_shape, (int)ShapeKind.PointZ);
        Put(4, x);
        Put(12, y);
        Put(20, z);
        Put(28, 0);
        Grow(x, y);
        End(36);
    }

    /// <summary>Ends a row that has no shape.</summary>
    public void EndNull()
    {
        BinaryPrimitives.WriteInt32LittleEndian(_shape, 0);
        End(4);
    }

    public void EndParts(params ReadOnlySpan<double[]> parts)
    {
        var points = 0;
        foreach (var part in parts)
            points += part.Length / 2;
        var length = 44 + 4 * parts.Length + 16 * points;
        if (_shape.Length < length)
            _shape = new byte[length * 2];
        BinaryPrimitives.WriteInt32LittleEndian(_shape, (int)_kind);
        BinaryPrimitives.WriteInt32LittleEndian(_shape.AsSpan(36), parts.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_shape.AsSpan(40), points);
        PutParts(parts, 44 + 4 * parts.Length);
        End(length);
    }

    public void Dispose()
    {
        _dbf.WriteByte(0x1A);
        _dbf.Position = 4;
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(count, _rows);
        _dbf.Write(count);
        WriteShapeHeader(_shp);
        WriteShapeHeader(_shx);
        _dbf.Dispose();
        _shp.Dispose();
        _shx.Dispose();
    }

    static FileStream Create(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);

    Span<byte> Cell(int field) => _row.AsSpan(_offsets[field], _fields[field].Width);

    void Put(int at, double value) => BinaryPrimitives.WriteDoubleLittleEndian(_shape.AsSpan(at), value);

    void Grow(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
            return;
        (_minX, _maxX) = (Math.Min(_minX, x), Math.Max(_maxX, x));
        (_minY, _maxY) = (Math.Min(_minY, y), Math.Max(_maxY, y));
    }

    void PutParts(ReadOnlySpan<double[]> parts, int at)
    {
        double minX = double.MaxValue, minY = double.MaxValue, maxX = double.MinValue, maxY = double.MinValue;
        var first = at;
        for (var p = 0; p < parts.Length; p++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_shape.AsSpan(44 + 4 * p), (at - first) / 16);
            for (var i = 0; i < parts[p].Length; i += 2, at += 16)
            {
                var (x, y) = (parts[p][i], parts[p][i + 1]);
                Put(at, x);
                Put(at + 8, y);
                (minX, minY, maxX, maxY) = (Math.Min(minX, x), Math.Min(minY, y), Math.Max(maxX, x), Math.Max(maxY, y));
            }
        }
        Put(4, minX);
        Put(12, minY);
        Put(20, maxX);
        Put(28, maxY);
        Grow(minX, minY);
        Grow(maxX, maxY);
    }

    void End(int length)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, (int)(_shp.Position / 2));
        BinaryPrimitives.WriteInt32BigEndian(head[4..], length / 2);
        _shx.Write(head);
        BinaryPrimitives.WriteInt32BigEndian(head, ++_rows);
        _shp.Write(head);
        _shp.Write(_shape.AsSpan(0, length));
        _dbf.Write(_row);
        _row.AsSpan().Fill((byte)' ');
    }

    void WriteShapeHeader(FileStream file)
    {
        var header = new byte[100];
        BinaryPrimitives.WriteInt32BigEndian(header, 9994);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(24), (int)(file.Length / 2));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), 1000);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(32), (int)_kind);
        double[] box = _minX > _maxX ? [0, 0, 0, 0] : [_minX, _minY, _maxX, _maxY];
        for (var i = 0; i < 4; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(36 + 8 * i), box[i]);
        file.Position = 0;
        file.Write(header);
    }

    void WriteTableHeader()
    {
        var header = new byte[33 + 32 * _fields.Count];
        // dBASE III without memo; the date is the sample's reference day, so that equal options give equal bytes.
        (header[0], header[1], header[2], header[3]) = (3, 126, 11, 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(8), (short)header.Length);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(10), (short)_row.Length);
        header[29] = LanguageGbk;
        for (var i = 0; i < _fields.Count; i++)
        {
            var at = header.AsSpan(32 + 32 * i, 32);
            Gbk.GetBytes(_fields[i].Name).CopyTo(at);
            (at[11], at[16], at[17]) = ((byte)_fields[i].Type, (byte)_fields[i].Width, (byte)_fields[i].Decimals);
        }
        header[^1] = 0x0D;
        _dbf.Write(header);
    }
}
