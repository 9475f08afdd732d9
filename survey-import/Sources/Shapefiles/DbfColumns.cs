using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using CityOps.Gis.SurveyImport.Encodings;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>Turns one field of consecutive records into a column. One instance per reader and field, because it remembers texts.</summary>
sealed class DbfColumns(DbfField field, TextDecoder decoder)
{
    readonly TextCache _texts = new(decoder);

    /// <param name="records">Records of <paramref name="stride"/> bytes.</param>
    /// <param name="rows">Which of them, in order: the rows that are not deleted.</param>
    public Column Read(ReadOnlySpan<byte> records, int stride, ReadOnlySpan<int> rows) => field.ColumnType switch
    {
        SourceColumnType.Integer or SourceColumnType.Boolean => Integers(records, stride, rows),
        SourceColumnType.Real => Reals(records, stride, rows),
        SourceColumnType.Date => Dates(records, stride, rows),
        SourceColumnType.Timestamp => Timestamps(records, stride, rows),
        _ => Texts(records, stride, rows),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    TextColumn Texts(ReadOnlySpan<byte> records, int stride, ReadOnlySpan<int> rows)
    {
        var values = new string?[rows.Length];
        if (field.IsMemo)
            return new(values);
        for (var i = 0; i < rows.Length; i++)
            if (Trim(records.Slice(rows[i] * stride + field.Offset, field.Width)) is { IsEmpty: false } text)
                values[i] = _texts.Get(text);
        return new(values);
    }

    IntegerColumn Integers(ReadOnlySpan<byte> records, int stride, ReadOnlySpan<int> rows)
    {
        var values = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var cell = records.Slice(rows[i] * stride + field.Offset, field.Width);
            values[i] = field.Type switch
            {
                'L' => cell.IsEmpty ? IntegerColumn.Missing : DbfNumbers.Logical(cell[0]),
                'I' => BinaryPrimitives.ReadInt32LittleEndian(cell),
                // dBase 7 keeps counters big-endian with the sign bit turned over.
                '+' => BinaryPrimitives.ReadInt32BigEndian(cell) ^ int.MinValue,
                _ => DbfNumbers.Integer(cell),
            };
        }
        return new(values);
    }

    RealColumn Reals(ReadOnlySpan<byte> records, int stride, ReadOnlySpan<int> rows)
    {
        var values = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var cell = records.Slice(rows[i] * stride + field.Offset, field.Width);
            values[i] = field.Type switch
            {
                'O' or 'B' => BinaryPrimitives.ReadDoubleLittleEndian(cell),
                'Y' => BinaryPrimitives.ReadInt64LittleEndian(cell) / 10_000.0,
                _ => DbfNumbers.Real(cell),
            };
        }
        return new(values);
    }

    DateColumn Dates(ReadOnlySpan<byte> records, int stride, ReadOnlySpan<int> rows)
    {
        var values = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            values[i] = DbfNumbers.Day(records.Slice(rows[i] * stride + field.Offset, field.Width));
        return new(values);
    }

    TimestampColumn Timestamps(ReadOnlySpan<byte> records, int stride, ReadOnlySpan<int> rows)
    {
        var values = new long[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var cell = records.Slice(rows[i] * stride + field.Offset, field.Width);
            values[i] = DbfNumbers.Instant(BinaryPrimitives.ReadInt32LittleEndian(cell), BinaryPrimitives.ReadInt32LittleEndian(cell[4..]));
        }
        return new(values);
    }

    // Blanks and NULs fill a cell; what stands behind a NUL is an older value's rest.
    static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        var end = cell.IndexOf((byte)0);
        return (end < 0 ? cell : cell[..end]).Trim(" \t\r\n"u8);
    }
}
