using System.Text;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Writes a UTF-8 CSV file with BOM, row by row. Cells never hold a comma, a quote or a line break.</summary>
sealed class CsvFile : IDisposable
{
    readonly StreamWriter _text;

    public CsvFile(string path, string header)
    {
        _text = new(path, false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 16) { NewLine = "\r\n" };
        _text.WriteLine(header);
    }

    public long Rows { get; private set; }

    public void Row(string line)
    {
        _text.WriteLine(line);
        Rows++;
    }

    public void Dispose() => _text.Dispose();
}
