using System.Buffers.Binary;
using System.Text;

namespace CityOps.Gis.Tests.SurveyImport.Sources.Access;

/// <summary>
/// One row as Access 2000 stores it: number of columns, fixed columns, variable columns, where those end and (backwards) begin, their number, and a bit per column
/// that is not null. A boolean is its bit.
/// </summary>
static class AccessRow
{
    const int LargestInside = 64;

    /// <param name="store">Puts a long value on pages of its own and gives its 12-byte reference.</param>
    public static byte[] Bytes(IReadOnlyList<AccessColumn> columns, object?[] values, Func<byte[], byte[]> store)
    {
        var row = new List<byte>();
        Add16(row, columns.Count);
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].IsFixed)
                row.AddRange(Fixed(columns[i], values[i]));
        var starts = new List<int>();
        for (var i = 0; i < columns.Count; i++)
            if (!columns[i].IsFixed)
            {
                starts.Add(row.Count);
                row.AddRange(values[i] is null ? [] : Variable(columns[i], values[i]!, store));
            }
        var end = row.Count;
        if (starts.Count > 0)
        {
            Add16(row, end);
            foreach (var start in Enumerable.Reverse(starts))
                Add16(row, start);
            Add16(row, starts.Count);
        }
        row.AddRange(Present(columns, values));
        return [.. row];
    }

    static byte[] Fixed(AccessColumn column, object? value)
    {
        var bytes = new byte[column.Size];
        if (value is int number && column.Type == AccessType.Integer)
            BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)number);
        else if (value is int whole && column.Type == AccessType.Long)
            BinaryPrimitives.WriteInt32LittleEndian(bytes, whole);
        else if (value is double or DateTime)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value is DateTime time ? time.ToOADate() : (double)value);
        return bytes;
    }

    static byte[] Variable(AccessColumn column, object value, Func<byte[], byte[]> store)
        => column.Type switch
        {
            AccessType.Text => Text((string)value),
            AccessType.Memo => Long(Text((string)value), store),
            _ => Long((byte[])value, store),
        };

    // "Unicode compression": FF FE and a byte per character where all are below 256, as Access writes such texts.
    static byte[] Text(string text)
        => text.Length > 2 && text.All(char.IsAscii) ? [0xFF, 0xFE, .. Encoding.Latin1.GetBytes(text)] : Encoding.Unicode.GetBytes(text);

    static byte[] Long(byte[] value, Func<byte[], byte[]> store)
        => value.Length > LargestInside ? store(value) : [.. BitConverter.GetBytes(value.Length | unchecked((int)0x80000000)), 0, 0, 0, 0, 0, 0, 0, 0, .. value];

    static byte[] Present(IReadOnlyList<AccessColumn> columns, object?[] values)
    {
        var bits = new byte[(columns.Count + 7) / 8];
        for (var i = 0; i < columns.Count; i++)
            if (values[i] is not (null or false))
                bits[i / 8] |= (byte)(1 << i % 8);
        return bits;
    }

    static void Add16(List<byte> bytes, int value) => bytes.AddRange([(byte)value, (byte)(value >> 8)]);
}
