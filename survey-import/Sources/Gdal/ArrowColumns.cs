using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using CityOps.Gis.SurveyImport.Encodings;

namespace CityOps.Gis.SurveyImport.Sources.Gdal;

/// <summary>Turns Arrow arrays of one field into columns of its declared type. One instance per reader and field, because it remembers texts.</summary>
sealed class ArrowColumns(SourceColumnType type)
{
    static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;
    readonly TextCache _texts = new(new(Encoding.UTF8, CodePages.Gb18030));

    public Column Read(IArrowArray array, int start, int count) => type switch
    {
        SourceColumnType.Integer or SourceColumnType.Boolean => new IntegerColumn(Fill(array, start, count, Integer, IntegerColumn.Missing)),
        SourceColumnType.Real => new RealColumn(Fill(array, start, count, Real, double.NaN)),
        SourceColumnType.Date => new DateColumn(Fill(array, start, count, Day, DateColumn.Missing)),
        SourceColumnType.Timestamp => new TimestampColumn(Fill(array, start, count, Instant, TimestampColumn.Missing)),
        _ => new TextColumn(Fill(array, start, count, Text, null)),
    };

    static T[] Fill<T>(IArrowArray array, int start, int count, Func<IArrowArray, int, T> value, T missing)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = array.IsNull(start + i) ? missing : value(array, start + i);
        return values;
    }

    static long Integer(IArrowArray array, int row) => array switch
    {
        Int32Array a => a.Values[row],
        Int64Array a => a.Values[row],
        Int16Array a => a.Values[row],
        Int8Array a => a.Values[row],
        UInt8Array a => a.Values[row],
        UInt16Array a => a.Values[row],
        UInt32Array a => a.Values[row],
        BooleanArray a => a.GetValue(row) == true ? 1 : 0,
        _ => IntegerColumn.Missing,
    };

    static double Real(IArrowArray array, int row) => array switch
    {
        DoubleArray a => a.Values[row],
        FloatArray a => a.Values[row],
        _ => Integer(array, row) is var whole && whole == IntegerColumn.Missing ? double.NaN : whole,
    };

    static int Day(IArrowArray array, int row) => array switch
    {
        Date32Array a => Epoch + a.Values[row],
        Date64Array a => Epoch + (int)(a.Values[row] / 86_400_000),
        _ => DateColumn.Missing,
    };

    static long Instant(IArrowArray array, int row)
        => array is TimestampArray a && a.Data.DataType is TimestampType unit
            ? DateTime.UnixEpoch.Ticks + unit.Unit switch
            {
                TimeUnit.Second => a.Values[row] * TimeSpan.TicksPerSecond,
                TimeUnit.Millisecond => a.Values[row] * TimeSpan.TicksPerMillisecond,
                TimeUnit.Microsecond => a.Values[row] * TimeSpan.TicksPerMicrosecond,
                _ => a.Values[row] / 100,
            }
            : TimestampColumn.Missing;

    string? Text(IArrowArray array, int row) => array switch
    {
        StringArray a => Trimmed(a.GetBytes(row)),
        LargeStringArray a => Trimmed(a.GetBytes(row)),
        Time32Array a => new TimeOnly(a.Values[row] * TimeSpan.TicksPerMillisecond).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        ListArray a => a.GetSlicedValues(row) is { } items ? string.Join("; ", Enumerable.Range(0, items.Length).Select(i => Text(items, i))) : null,
        BinaryArray a => $"{a.GetBytes(row).Length} bytes",
        DoubleArray a => a.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => Integer(array, row) is var whole && whole == IntegerColumn.Missing ? null : whole.ToString(CultureInfo.InvariantCulture),
    };

    string? Trimmed(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t\r\n\0"u8) is { IsEmpty: false } text ? _texts.Get(text) : null;
}
