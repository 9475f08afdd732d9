using System.Globalization;
using CityOps.Gis.SurveyImport.Encodings;
using ExcelDataReader;

namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>Finds the tables of an Excel workbook: one layer for each sheet with a header and rows.</summary>
static class Workbook
{
    const int SampleRows = 200;

    // As Excel itself has them, and its files of before 2007: more are a sign of a damaged file, and take minutes.
    static readonly (int Columns, int Rows) Most = (16_384, 1_048_576), MostOfOld = (256, 65_536);

    /// <exception cref="SourceException">It is no workbook, or none of its sheets has a table.</exception>
    public static IReadOnlyList<(SourceLayer Layer, WorkbookShape Shape)> Describe(DeliveryFile file)
    {
        var isOld = Path.GetExtension(file.Path).Equals(".xls", StringComparison.OrdinalIgnoreCase);
        if (FileMagic.Of(file.Path) is var kind && kind is not ("a zip archive" or "an old Office document") && (!isOld || kind is not null))
            throw new SourceException(kind == "an empty file" ? Faults.Empty(file.Name) : Faults.Other(file.Name, "Excel", kind ?? "something else"));
        var most = kind == "a zip archive" ? Most : MostOfOld;
        using var reader = Open(file);
        var found = new List<(SourceLayer, WorkbookShape)>();
        var sheet = 0;
        do
        {
            if (Describe(file, reader, sheet++, most) is { } table)
                found.Add(table);
        }
        while (NextSheet(file, reader));
        return found.Count > 0 ? found : throw new SourceException(Faults.NoTable(file.Name));
    }

    public static IExcelDataReader Open(DeliveryFile file)
    {
        // Asked for first: the reader's configuration itself wants a code page, which .NET has only after CodePages brought them.
        var fallback = CodePages.Gb18030;
        var stream = File.OpenRead(file.Path);
        try
        {
            return Sound(file, () => ExcelReaderFactory.CreateReader(stream, new() { FallbackEncoding = fallback }));
        }
        catch (SourceException)
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Goes on to the next sheet; false after the last.</summary>
    public static bool NextSheet(DeliveryFile file, IExcelDataReader reader) => Sound(file, reader.NextResult);

    /// <summary>The next row that is not blank, or null at the sheet's end.</summary>
    public static string?[]? Next(DeliveryFile file, IExcelDataReader reader)
    {
        while (Sound(file, reader.Read))
        {
            var cells = new string?[reader.FieldCount];
            var isBlank = true;
            for (var i = 0; i < cells.Length; i++)
                if (Text(reader.GetValue(i)) is { } text)
                    (cells[i], isBlank) = (text, false);
            if (!isBlank)
                return cells;
        }
        return null;
    }

    // The library tells of a damaged file by whatever exception its own code runs into.
    static T Sound<T>(DeliveryFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is not (OutOfMemoryException or UnauthorizedAccessException))
        {
            throw new SourceException(Faults.WorkbookBroken(file.Name), broken);
        }
    }

    static (SourceLayer, WorkbookShape)? Describe(DeliveryFile file, IExcelDataReader reader, int sheet, (int Columns, int Rows) most)
    {
        if (reader.FieldCount > most.Columns || reader.RowCount > most.Rows)
            throw new SourceException(Faults.WorkbookBroken(file.Name));
        if (Next(file, reader) is not { } header)
            return null;
        var first = new List<string?[]>();
        while (first.Count < SampleRows && Next(file, reader) is { } row)
            first.Add(row);
        if (first.Count == 0)
            return null;
        var names = UniqueNames.Of(header.Take(Array.FindLastIndex(header, h => h is not null) + 1)
            .Concat(Enumerable.Repeat<string?>(null, Math.Max(0, first.Max(LastFilled) - Array.FindLastIndex(header, h => h is not null)))));
        var shape = TableGeometry.Find(names, [.. first.Select(r => TextTable.Widen(r, names.Length))]);
        return (new SourceLayer
        {
            File = file.Name,
            Name = reader.Name,
            Format = "Excel",
            Columns = [.. names.Select(n => new SourceColumn(n, SourceColumnType.Text))],
            Geometry = TableGeometry.Kind(shape),
            EncodingEvidence = [TableGeometry.Evidence(shape, names)],
        }, new(shape, sheet));
    }

    static int LastFilled(string?[] row) => Array.FindLastIndex(row, c => c is not null);

    static string? Text(object? cell) => cell switch
    {
        null => null,
        string text => text.Trim() is { Length: > 0 } trimmed ? trimmed : null,
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        double number when number == Math.Truncate(number) && Math.Abs(number) < 1e15 => ((long)number).ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "1" : "0",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString(),
    };
}
