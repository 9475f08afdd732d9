using System.Diagnostics;

namespace CityOps.Gis.SurveyImport.Sources.Access;

/// <summary>The rows of one table as <c>mdb-export</c> writes them, one at a time: cells trimmed, empty ones null, binary ones in hexadecimal digits, times as ISO 8601.</summary>
sealed class AccessRows : IDisposable
{
    // Control characters that no program puts into a text, so that nothing needs quoting.
    const char BetweenCells = '\u001F', BehindRow = '\u001E';
    const int MaxRowCharacters = 64 << 20;

    readonly DeliveryFile _file;
    readonly string _table;
    readonly Process _export;
    readonly Task<string> _complaints;
    char[] _buffer = new char[1 << 16];
    int _start, _end;
    long _row;

    /// <param name="withBinary">Whether columns of binary values are wanted; they are null otherwise.</param>
    public AccessRows(DeliveryFile file, string table, bool withBinary)
    {
        const string time = "%Y-%m-%dT%H:%M:%S";
        (_file, _table) = (file, table);
        _export = MdbTools.Start("mdb-export", "-Q", "-d", $"{BetweenCells}", "-R", $"{BehindRow}", "-D", time, "-T", time, "-b", withBinary ? "hex" : "strip", "--", file.Path, table);
        _complaints = _export.StandardError.ReadToEndAsync();
    }

    /// <summary>The next row, the first being the columns' names; null at the end.</summary>
    /// <exception cref="SourceException">The database is damaged from here on.</exception>
    public string?[]? Next()
    {
        int end;
        while ((end = Array.IndexOf(_buffer, BehindRow, _start, _end - _start)) < 0)
            if (!Fill())
                return _end == _start ? End() : throw Broken();
        return Cells(end);
    }

    public void Dispose()
    {
        if (!_export.HasExited)
            _export.Kill();
        _export.Dispose();
    }

    public SourceException Broken(string? why = null)
        => new(Faults.BreaksOff(_file.Name, _table, Math.Max(0, _row - 1), why ?? MdbTools.Sentence(_file, _complaints.Result)));

    string?[] Cells(int end)
    {
        var cells = new string(_buffer, _start, end - _start).Split(BetweenCells);
        (_start, _row) = (end + 1, _row + 1);
        return [.. cells.Select(cell => cell.Trim(' ', '\t', '\r', '\n', '\0') is { Length: > 0 } text ? text : null)];
    }

    // mdb-export goes on behind a page that it cannot read and may end in peace; what it says on the way tells.
    string?[]? End()
    {
        _export.WaitForExit();
        return _export.ExitCode == 0 && _complaints.Result.Length == 0 ? null : throw Broken();
    }

    bool Fill()
    {
        if (_start > 0)
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
        (_start, _end) = (0, _end - _start);
        if (_end == MaxRowCharacters)
            throw Broken("a row is too long");
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = _export.StandardOutput.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
