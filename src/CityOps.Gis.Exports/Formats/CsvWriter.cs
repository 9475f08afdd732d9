using System.Buffers;
using System.Text;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports.Formats;

/// <summary>CSV by RFC 4180, in UTF-8 with a byte order mark or in GBK, as Excel reads it in China. Texts that Excel would take for formulas are marked (<see cref="FormulaMark"/>).</summary>
sealed class CsvWriter : IExportWriter
{
    static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    readonly TableLayout _layout;
    readonly int _decimals;
    readonly bool[] _isMarked;
    readonly SendBuffer _buffer;
    readonly StreamWriter _text;
    readonly StringWriter _cell = new();

    public CsvWriter(ExportRequest request, IReadOnlyList<ExportColumn> columns, Stream target)
    {
        (_layout, _decimals) = (TableLayout.Of(request), request.Decimals);
        // A number is none, whatever it begins with.
        _isMarked = [.. columns.Select(column => request.MarksFormulas && column.Type is (FieldType.Text or FieldType.List))];
        _buffer = new(target);
        Encoding encoding = request.IsGbk ? request.Encoding : new UTF8Encoding(request.HasByteOrderMark);
        _text = new(_buffer, encoding, 1 << 14) { NewLine = "\r\n" };
        var isFirst = true;
        foreach (var heading in _layout.Headings.Concat(columns.Select(column => column.Name)))
        {
            Separate(ref isFirst);
            WriteCell(heading);
        }
        _text.WriteLine();
    }

    public ValueTask Add(ExportRow row, CancellationToken cancel)
    {
        var isFirst = true;
        if (_layout.HasCoordinates)
            WriteCoordinates(row, ref isFirst);
        if (_layout.HasWkt)
            WriteWkt(row, ref isFirst);
        for (var column = 0; column < _isMarked.Length; column++)
        {
            Separate(ref isFirst);
            if (row.Text(column) is { } text)
                WriteCell(_isMarked[column] ? FormulaMark.On(text) : text);
        }
        _text.WriteLine();
        return _buffer.SendBlocks(cancel);
    }

    public ValueTask End(CancellationToken cancel)
    {
        _text.Flush();
        return _buffer.SendAll(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _text.DisposeAsync();
        await _cell.DisposeAsync();
    }

    void WriteCoordinates(ExportRow row, ref bool isFirst)
    {
        var point = row.Shape is { Kind: GeometryKind.Point, IsMulti: false } one ? one : null;
        Separate(ref isFirst);
        if (point is not null)
            WktText.WriteNumber(point.X[0], _decimals, _text);
        Separate(ref isFirst);
        if (point is not null)
            WktText.WriteNumber(point.Y[0], _decimals, _text);
    }

    void WriteWkt(ExportRow row, ref bool isFirst)
    {
        Separate(ref isFirst);
        if (row.Shape is not { } shape)
            return;
        _cell.GetStringBuilder().Clear();
        WktText.Write(shape, _decimals, _cell);
        WriteCell(_cell.ToString());
    }

    void Separate(ref bool isFirst)
    {
        if (!isFirst)
            _text.Write(',');
        isFirst = false;
    }

    void WriteCell(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0)
        {
            _text.Write(text);
            return;
        }
        _text.Write('"');
        _text.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        _text.Write('"');
    }
}
