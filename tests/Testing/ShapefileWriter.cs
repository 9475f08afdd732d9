using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CityOps.Gis.Testing;

/// <summary>Writes a shapefile for a test: points, lines or polygons with a .dbf in any encoding, and on request its .prj and .cpg.</summary>
public sealed class ShapefileWriter : IDisposable
{
    readonly string _stem;
    readonly int _shapeType;
    readonly Encoding _encoding;
    readonly FileStream _shp;
    readonly FileStream _shx;
    readonly FileStream _dbf;
    readonly List<(string Name, char Type, int Width, int Decimals)> _fields = [];
    readonly double[] _box = [double.MaxValue, double.MaxValue, double.MinValue, double.MinValue];
    byte[]? _record;
    int _rows;

    /// <param name="stem">Full path without extension.</param>
    /// <param name="shapeType">The number in the file: 1 point, 3 line, 5 polygon, 8 multi-point, +10 with Z, +20 with M.</param>
    public ShapefileWriter(string stem, int shapeType = 1, Encoding? encoding = null)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        (_stem, _shapeType, _encoding) = (stem, shapeType, encoding ?? Encoding.GetEncoding("GBK"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(stem))!);
        (_shp, _shx, _dbf) = (Create(".shp"), Create(".shx"), Create(".dbf"));
        _shp.Write(new byte[100]);
        _shx.Write(new byte[100]);
    }

    /// <summary>Language id in the .dbf header; 0x4D says GBK, 0 says nothing.</summary>
    public byte LanguageId { get; init; }
    public string? Cpg { get; init; }
    public string? Prj { get; init; }

    public ShapefileWriter Field(string name, char type, int width, int decimals = 0)
    {
        _fields.Add((name, type, width, decimals));
        return this;
    }

    public ShapefileWriter Point(double x, double y, params object?[] values)
    {
        var content = new byte[_shapeType switch { 11 => 36, 21 => 28, _ => 20 }];
        BinaryPrimitives.WriteInt32LittleEndian(content, _shapeType);
        BinaryPrimitives.WriteDoubleLittleEndian(content.AsSpan(4), x);
        BinaryPrimitives.WriteDoubleLittleEndian(content.AsSpan(12), y);
        Widen(x, y);
        return Add(content, values);
    }

    public ShapefileWriter Null(params object?[] values) => Add(new byte[4], values);

    /// <summary>A line or polygon of rings, each as x1, y1, x2, y2, … (shells clockwise, holes counter-clockwise, as the format wants).</summary>
    public ShapefileWriter Parts(double[][] parts, params object?[] values)
    {
        var points = parts.Sum(p => p.Length / 2);
        var extra = _shapeType > 20 ? 16 + 8 * points : _shapeType > 10 ? 2 * (16 + 8 * points) : 0;
        var content = new byte[44 + 4 * parts.Length + 16 * points + extra];
        BinaryPrimitives.WriteInt32LittleEndian(content, _shapeType);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(36), parts.Length);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(40), points);
        var first = 0;
        for (var part = 0; part < parts.Length; first += parts[part++].Length / 2)
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(44 + 4 * part), first);
        WritePoints(content.AsSpan(44 + 4 * parts.Length), [.. parts.SelectMany(p => p)]);
        return Add(content, values);
    }

    public ShapefileWriter MultiPoint(double[] coordinates, params object?[] values)
    {
        var content = new byte[40 + 8 * coordinates.Length];
        BinaryPrimitives.WriteInt32LittleEndian(content, _shapeType);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(36), coordinates.Length / 2);
        WritePoints(content.AsSpan(40), coordinates);
        return Add(content, values);
    }

    /// <summary>Marks the row written last as deleted, as dBase does, without removing it.</summary>
    public ShapefileWriter DeleteLast()
    {
        _dbf.Position -= _record!.Length;
        _dbf.WriteByte((byte)'*');
        _dbf.Position = _dbf.Length;
        return this;
    }

    public void Dispose()
    {
        if (_record is null)
            WriteDbfHeader();
        _dbf.WriteByte(0x1A);
        PatchCount();
        WriteHeader(_shp);
        WriteHeader(_shx);
        _shp.Dispose();
        _shx.Dispose();
        _dbf.Dispose();
        if (Cpg is not null)
            File.WriteAllText(_stem + ".cpg", Cpg);
        if (Prj is not null)
            File.WriteAllText(_stem + ".prj", Prj);
    }

    FileStream Create(string extension) => new(_stem + extension, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16);

    void Widen(double x, double y)
        => (_box[0], _box[1], _box[2], _box[3]) = (Math.Min(_box[0], x), Math.Min(_box[1], y), Math.Max(_box[2], x), Math.Max(_box[3], y));

    void WritePoints(Span<byte> target, double[] coordinates)
    {
        for (var i = 0; i < coordinates.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(target[(8 * i)..], coordinates[i]);
        for (var i = 0; i < coordinates.Length; i += 2)
            Widen(coordinates[i], coordinates[i + 1]);
    }

    ShapefileWriter Add(byte[] content, object?[] values)
    {
        if (_record is null)
            WriteDbfHeader();
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, (int)(_shp.Position / 2));
        BinaryPrimitives.WriteInt32BigEndian(head[4..], content.Length / 2);
        _shx.Write(head);
        BinaryPrimitives.WriteInt32BigEndian(head, ++_rows);
        _shp.Write(head);
        _shp.Write(content);
        WriteRow(values);
        return this;
    }

    void WriteRow(object?[] values)
    {
        _record.AsSpan().Fill((byte)' ');
        var offset = 1;
        for (var i = 0; i < _fields.Count; offset += _fields[i++].Width)
            WriteCell(_record.AsSpan(offset, _fields[i].Width), _fields[i], i < values.Length ? values[i] : null);
        _dbf.Write(_record);
    }

    void WriteCell(Span<byte> cell, (string Name, char Type, int Width, int Decimals) field, object? value)
    {
        var text = value switch
        {
            null => "",
            DateOnly day => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            double number => number.ToString("F" + field.Decimals, CultureInfo.InvariantCulture),
            bool flag => flag ? "T" : "F",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        if (field.Type is 'N' or 'F')
            text = text.PadLeft(field.Width);
        var bytes = _encoding.GetBytes(text);
        bytes.AsSpan(0, Math.Min(bytes.Length, cell.Length)).CopyTo(cell);
    }

    void WriteDbfHeader()
    {
        _record = new byte[1 + _fields.Sum(f => f.Width)];
        var header = new byte[33 + 32 * _fields.Count];
        (header[0], header[1], header[2], header[3], header[29], header[^1]) = (3, 126, 11, 24, LanguageId, 0x0D);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)header.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(10), (ushort)_record.Length);
        for (var i = 0; i < _fields.Count; i++)
        {
            var at = header.AsSpan(32 * (i + 1), 32);
            var name = _encoding.GetBytes(_fields[i].Name);
            name.AsSpan(0, Math.Min(10, name.Length)).CopyTo(at);
            (at[11], at[16], at[17]) = ((byte)_fields[i].Type, (byte)_fields[i].Width, (byte)_fields[i].Decimals);
        }
        _dbf.Write(header);
    }

    void PatchCount()
    {
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(count, _rows);
        _dbf.Position = 4;
        _dbf.Write(count);
    }

    void WriteHeader(FileStream file)
    {
        var header = new byte[100];
        BinaryPrimitives.WriteInt32BigEndian(header, 9994);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(24), (int)(file.Length / 2));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), 1000);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(32), _shapeType);
        for (var i = 0; i < 4 && _box[0] <= _box[2]; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(header.AsSpan(36 + 8 * i), _box[i]);
        file.Position = 0;
        file.Write(header);
    }
}
