using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.Shapefiles;

/// <summary>Writes a .dbf: a header of 32 bytes, 32 bytes a field, then records of equal width.</summary>
sealed class DbfWriter : IDisposable
{
    const byte LanguageGbk = 0x4D, EndOfFields = 0x0D, EndOfFile = 0x1A, Version = 3;

    readonly FileStream _file;
    readonly IReadOnlyList<DbfColumn> _columns;
    readonly Encoding _encoding;
    readonly byte[] _record;
    readonly byte[] _text = new byte[1 << 14];
    int _rows;

    public DbfWriter(string path, IReadOnlyList<DbfColumn> columns, Encoding encoding, bool isGbk)
    {
        (_columns, _encoding) = (columns, encoding);
        _record = new byte[RecordBytes(columns)];
        _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18);
        WriteHeader(isGbk);
    }

    /// <summary>Texts that were longer than a .dbf holds, by column.</summary>
    public Dictionary<string, long> Cut { get; } = [];

    public static int RecordBytes(IReadOnlyList<DbfColumn> columns) => 1 + columns.Sum(column => column.Width);

    public void Add(ExportRow row)
    {
        _record.AsSpan().Fill((byte)' ');
        for (int column = 0, at = 1; column < _columns.Count; at += _columns[column++].Width)
            if (!row.IsNull(column))
                Write(row, column, _record.AsSpan(at, _columns[column].Width));
        _file.Write(_record);
        _rows++;
    }

    public void Dispose()
    {
        _file.WriteByte(EndOfFile);
        _file.Position = 4;
        Span<byte> count = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(count, _rows);
        _file.Write(count);
        _file.Dispose();
    }

    void Write(ExportRow row, int column, Span<byte> cell)
    {
        switch (_columns[column].Type)
        {
            case FieldType.Integer:
                WriteNumber(row.Integer(column), "D", cell);
                break;
            case FieldType.Real:
                WriteNumber(row.Real(column), "R", cell);
                break;
            case FieldType.Date:
                row.Date(column).TryFormat(cell, out _, "yyyyMMdd", CultureInfo.InvariantCulture);
                break;
            case FieldType.Boolean:
                cell[0] = row.Truth(column) ? (byte)'T' : (byte)'F';
                break;
            default:
                WriteText(row.Text(column)!, column, cell);
                break;
        }
    }

    void WriteNumber<T>(T number, string format, Span<byte> cell)
        where T : IUtf8SpanFormattable
    {
        if (number.TryFormat(_text, out var length, format, CultureInfo.InvariantCulture) && length <= cell.Length)
            _text.AsSpan(0, length).CopyTo(cell[(cell.Length - length)..]);
    }

    void WriteText(string text, int column, Span<byte> cell)
    {
        if (_encoding.GetMaxByteCount(text.Length) <= _text.Length && _encoding.GetBytes(text, _text) is var length && length <= cell.Length)
        {
            _text.AsSpan(0, length).CopyTo(cell);
            return;
        }
        // No character is cut in two.
        _encoding.GetEncoder().Convert(text, cell, flush: false, out _, out var used, out _);
        cell[used..].Fill((byte)' ');
        Cut[_columns[column].Name] = Cut.GetValueOrDefault(_columns[column].Name) + 1;
    }

    void WriteHeader(bool isGbk)
    {
        var header = new byte[33 + 32 * _columns.Count];
        var today = DateTime.UtcNow;
        (header[0], header[1], header[2], header[3]) = (Version, (byte)(today.Year - 1900), (byte)today.Month, (byte)today.Day);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(8), (short)header.Length);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(10), (short)_record.Length);
        header[29] = isGbk ? LanguageGbk : (byte)0;
        for (var column = 0; column < _columns.Count; column++)
        {
            var at = header.AsSpan(32 + 32 * column, 32);
            _encoding.GetBytes(_columns[column].Name, at[..FieldNaming.DbfLength]);
            (at[11], at[16], at[17]) = ((byte)_columns[column].Letter, (byte)_columns[column].Width, (byte)_columns[column].Decimals);
        }
        header[^1] = EndOfFields;
        _file.Write(header);
    }
}
