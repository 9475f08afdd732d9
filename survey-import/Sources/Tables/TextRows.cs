using System.Text;
using CityOps.Gis.Features;
using CsvHelper;

namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>The rows of a delimited text file, cells trimmed and without the mark of our exports (<see cref="FormulaMark"/>), empty ones null.</summary>
sealed class TextRows(DeliveryFile file, Encoding encoding, char delimiter) : IDisposable
{
    const int MaxRowBytes = 64 << 20;

    readonly CsvReader _reader = CsvReader.FromFile(file.Path, new CsvReaderOptions
    {
        Separator = delimiter,
        HasHeader = false,
        Encoding = encoding,
        PoolStrings = true,
        MaxRecordSize = MaxRowBytes,
    });

    /// <summary>The next row, or null at the end.</summary>
    public string?[]? Next()
    {
        while (Advance())
        {
            var cells = new string?[_reader.FieldCount];
            var isBlank = true;
            for (var i = 0; i < cells.Length; i++)
                if (_reader.GetString(i).Trim(' ', '\t', '\r', '\n', '\0', '\uFEFF') is { Length: > 0 } cell)
                    (cells[i], isBlank) = (FormulaMark.Off(cell), false);
            if (!isBlank)
                return cells;
        }
        return null;
    }

    public List<string?[]> Take(int count)
    {
        var rows = new List<string?[]>();
        while (rows.Count < count && Next() is { } row)
            rows.Add(row);
        return rows;
    }

    public void Dispose() => _reader.Dispose();

    bool Advance()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException broken)
        {
            throw new SourceException(Faults.TextBroken(file.Name, broken.RecordNumber), broken);
        }
    }
}
