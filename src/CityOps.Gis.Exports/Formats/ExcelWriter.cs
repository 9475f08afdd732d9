using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Exports;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace CityOps.Gis.Exports.Formats;

/// <summary>An Excel workbook; a sheet that is full is followed by another. Times are Beijing time, as Excel knows no zones and the importer takes them so.</summary>
sealed class ExcelWriter : IExportWriter
{
    const int MostRows = 1_048_576, MostCharacters = 32_767;
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    readonly Spreadsheet _book;
    readonly string _title;
    readonly string[] _headings;
    readonly FieldType[] _types;
    readonly TableLayout _layout;
    readonly int _decimals;
    readonly Cell[] _cells;
    readonly StringWriter _wkt = new();
    readonly StyleId _day, _time, _bold;
    int _rows = MostRows, _sheets;

    ExcelWriter(Spreadsheet book, ExportRequest request, IReadOnlyList<ExportColumn> columns)
    {
        (_book, _title, _decimals) = (book, request.Question.Layer.Title.Zh, request.Decimals);
        _layout = TableLayout.Of(request);
        _headings = [.. _layout.Headings, .. columns.Select(column => column.Name)];
        _types = [.. columns.Select(column => column.Type)];
        _cells = new Cell[_headings.Length];
        _day = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd") });
        _time = book.AddStyle(new Style { Format = NumberFormat.Custom("yyyy-mm-dd hh:mm:ss") });
        _bold = book.AddStyle(new Style { Font = { Bold = true } });
    }

    public static async Task<ExcelWriter> Create(ExportRequest request, IReadOnlyList<ExportColumn> columns, Stream target, CancellationToken cancel)
        => new(await Spreadsheet.CreateNewAsync(target, new SpreadCheetahOptions { CompressionLevel = SpreadCheetahCompressionLevel.Fastest }, cancel), request, columns);

    public async ValueTask Add(ExportRow row, CancellationToken cancel)
    {
        if (_rows == MostRows)
            await StartSheet(cancel);
        _rows++;
        var at = 0;
        if (_layout.HasCoordinates)
        {
            var point = row.Shape is { Kind: GeometryKind.Point, IsMulti: false } one ? one : null;
            _cells[at++] = point is null ? default : new(Math.Round(point.X[0], _decimals));
            _cells[at++] = point is null ? default : new(Math.Round(point.Y[0], _decimals));
        }
        if (_layout.HasWkt)
            _cells[at++] = Wkt(row);
        for (var column = 0; column < _types.Length; column++)
            _cells[at++] = row.IsNull(column) ? default : Value(row, column);
        await _book.AddRowAsync(_cells, cancel);
    }

    public async ValueTask End(CancellationToken cancel)
    {
        if (_sheets == 0)
            await StartSheet(cancel);
        await _book.FinishAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _book.DisposeAsync();
        await _wkt.DisposeAsync();
    }

    async Task StartSheet(CancellationToken cancel)
    {
        _sheets++;
        await _book.StartWorksheetAsync(_sheets == 1 ? _title : $"{_title} {_sheets}", new WorksheetOptions { FrozenRows = 1 }, cancel);
        await _book.AddHeaderRowAsync(_headings, _bold, cancel);
        _rows = 1;
    }

    Cell Value(ExportRow row, int column) => _types[column] switch
    {
        FieldType.Integer => new(row.Integer(column)),
        FieldType.Real => new(row.Real(column)),
        FieldType.Boolean => new(row.Truth(column)),
        FieldType.Date => new(row.Date(column).ToDateTime(TimeOnly.MinValue), _day),
        FieldType.DateTime => new(row.Instant(column) + Beijing, _time),
        _ => new(row.Text(column) is { Length: > MostCharacters } text ? text[..MostCharacters] : row.Text(column)),
    };

    // A shape with thousands of corners does not fit into a cell; half of it would be another shape.
    Cell Wkt(ExportRow row)
    {
        if (row.Shape is not { } shape)
            return default;
        _wkt.GetStringBuilder().Clear();
        WktText.Write(shape, _decimals, _wkt);
        return _wkt.GetStringBuilder().Length <= MostCharacters ? new(_wkt.ToString()) : default;
    }
}
