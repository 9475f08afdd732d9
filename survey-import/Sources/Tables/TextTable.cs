using System.Text;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Encodings;

namespace CityOps.Gis.SurveyImport.Sources.Tables;

/// <summary>Finds out what a delimited text file is: encoding, delimiter, header, coordinate columns.</summary>
static class TextTable
{
    const int SampleBytes = 1 << 18, SampleRows = 200;
    static readonly char[] Delimiters = [',', '\t', ';', '|'];

    /// <exception cref="SourceException">It is no table.</exception>
    public static (SourceLayer Layer, TextTableShape Shape) Describe(DeliveryFile file, string? chosenEncoding)
    {
        if (FileMagic.Of(file.Path) is { } other)
            throw new SourceException(other == "an empty file" ? Faults.Empty(file.Name) : Faults.Other(file.Name, "CSV", other));
        var found = FindEncoding(file.Path, chosenEncoding);
        var delimiter = FindDelimiter(file.Path, found.Encoding);
        if (delimiter is null && Path.GetExtension(file.Path).Equals(".txt", StringComparison.OrdinalIgnoreCase))
            throw new SourceException(Faults.NotData(file.Name));
        using var rows = new TextRows(file, found.Encoding, delimiter ?? ',');
        var header = rows.Next() ?? throw new SourceException(Faults.NoTable(file.Name));
        var first = rows.Take(SampleRows);
        var names = UniqueNames.Of(header.Concat(Enumerable.Repeat<string?>(null, Math.Max(0, first.Select(r => r.Length).DefaultIfEmpty().Max() - header.Length))));
        var shape = TableGeometry.Find(names, [.. first.Select(r => Widen(r, names.Length))]);
        return (Describe(file, names, shape, found, delimiter), new(shape, found.Encoding, delimiter ?? ','));
    }

    public static string?[] Widen(string?[] cells, int columns)
    {
        if (cells.Length < columns)
            Array.Resize(ref cells, columns);
        return cells;
    }

    static SourceLayer Describe(DeliveryFile file, string[] names, TableShape shape, EncodingFinding found, char? delimiter) => new()
    {
        File = file.Name,
        Name = Path.GetFileNameWithoutExtension(file.Path),
        Format = "CSV",
        Columns = [.. names.Select(n => new SourceColumn(n, SourceColumnType.Text))],
        Geometry = TableGeometry.Kind(shape),
        Encoding = found.Name,
        EncodingEvidence = [.. found.Evidence, Separator(delimiter), TableGeometry.Evidence(shape, names)],
    };

    static LocalText Separator(char? delimiter) => delimiter switch
    {
        null => new("表中只有一列。", "There is one column."),
        '\t' => new("各列以制表符分隔。", "Columns are separated by tabs."),
        _ => new($"各列以“{delimiter}”分隔。", $"Columns are separated by '{delimiter}'."),
    };

    static EncodingFinding FindEncoding(string path, string? chosen)
    {
        using var file = File.OpenRead(path);
        var head = new byte[4096];
        var start = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (Unicode(start) is var (encoding, zh, en))
            return new(encoding, [new(zh, en)]);
        file.Position = 0;
        return EncodingDetector.Detect(null, null, Sample(file), chosen);
    }

    static (Encoding, string, string)? Unicode(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (Encoding.UTF8, "文件以 UTF-8 字节顺序标记开头。", "The file begins with the UTF-8 byte order mark.");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode, "文件以 UTF-16 字节顺序标记开头。", "The file begins with the UTF-16 byte order mark (little-endian).");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.BigEndianUnicode, "文件以 UTF-16 字节顺序标记开头。", "The file begins with the UTF-16 byte order mark (big-endian).");
        // Delimiters, digits and line ends leave a zero in every UTF-16 text.
        var zeros = new int[2];
        for (var i = 0; i < head.Length; i++)
            zeros[i & 1] += head[i] == 0 ? 1 : 0;
        return zeros[1] > head.Length / 8 ? (Encoding.Unicode, "字节规律符合 UTF-16。", "Every other byte is zero, so it is UTF-16 (little-endian).")
            : zeros[0] > head.Length / 8 ? (Encoding.BigEndianUnicode, "字节规律符合 UTF-16。", "Every other byte is zero, so it is UTF-16 (big-endian).")
            : null;
    }

    // Lines with a byte above 0x7F from wherever in the file they are, until there are enough to judge by.
    static byte[] Sample(FileStream file)
    {
        var (sample, buffer, rest) = (new MemoryStream(), new byte[1 << 18], 0);
        for (int read; sample.Length < SampleBytes && (read = file.Read(buffer, rest, buffer.Length - rest)) > 0;)
        {
            var block = buffer.AsSpan(0, rest + read);
            var end = block.LastIndexOf((byte)'\n') is var found and >= 0 ? found + 1 : block.Length;
            if (!Ascii.IsValid(block[..end]))
                foreach (var line in block[..end].Split((byte)'\n'))
                    if (!Ascii.IsValid(block[line]))
                        sample.Write([.. block[line], (byte)'\n']);
            block[end..].CopyTo(buffer);
            rest = block.Length - end;
        }
        if (!Ascii.IsValid(buffer.AsSpan(0, rest)))
            sample.Write(buffer, 0, rest);
        return sample.ToArray();
    }

    // The delimiter that occurs equally often in most of the first lines; quoted text does not count.
    static char? FindDelimiter(string path, Encoding encoding)
    {
        using var reader = new StreamReader(path, encoding);
        var lines = new List<string>();
        while (lines.Count < 50 && reader.ReadLine() is { } line)
            if (line.Length > 0)
                lines.Add(line);
        return Delimiters
            .Select(d => (Delimiter: d, InHeader: lines.Count == 0 ? 0 : Count(lines[0], d), Agreeing: lines.Count(l => Count(l, d) == Count(lines[0], d))))
            .Where(d => d.InHeader > 0)
            .OrderByDescending(d => d.Agreeing * 2 >= lines.Count ? 1 : 0).ThenByDescending(d => d.InHeader)
            .Select(d => (char?)d.Delimiter)
            .FirstOrDefault();
    }

    static int Count(string line, char delimiter)
    {
        var (count, isQuoted) = (0, false);
        foreach (var c in line)
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == delimiter && !isQuoted)
                count++;
        return count;
    }
}
