using System.Buffers.Binary;
using System.Text;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>
/// A mapped .dbf. Memory: a header of 32 bytes, 32 bytes per field up to 0x0D, then records of equal width, each beginning with ' ' or, when deleted, '*'.
/// </summary>
sealed class DbfTable : IDisposable
{
    const int SampleBytes = 1 << 17;
    readonly MappedFile _file;
    readonly int _headerLength;
    readonly byte[][] _names;

    /// <exception cref="SourceException">The header is no .dbf header.</exception>
    public DbfTable(string path, string fileInDelivery)
    {
        _file = new(path);
        var head = _file.Length >= 33 ? _file.Span(0, 32) : throw Broken(fileInDelivery);
        DeclaredRows = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        _headerLength = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]);
        Stride = BinaryPrimitives.ReadUInt16LittleEndian(head[10..]);
        LanguageId = head[29];
        if (_headerLength < 33 || _headerLength > _file.Length || (Stride < 1 && DeclaredRows > 0))
            throw Broken(fileInDelivery);
        (Fields, _names) = ReadFields();
        if (DeclaredRows > 0 && Fields.Any(f => f.Offset + f.Width > Stride))
            throw Broken(fileInDelivery);
    }

    public long DeclaredRows { get; }
    public int Stride { get; }
    public int LanguageId { get; }

    /// <summary>Names are still undecoded here (see <see cref="Name"/>).</summary>
    public DbfField[] Fields { get; }

    /// <summary>Rows whose every byte is in the file.</summary>
    public long WholeRows => Stride == 0 ? 0 : Math.Min(DeclaredRows, (_file.Length - _headerLength) / Stride);

    public ReadOnlySpan<byte> Rows(long first, int count) => _file.Span(_headerLength + first * Stride, count * Stride);

    public bool IsDeleted(long row) => _file.Span(_headerLength + row * Stride, 1)[0] == '*';

    /// <inheritdoc cref="MappedFile.Forget"/>
    public void Forget() => _file.Forget();

    public long CountDeleted()
    {
        long deleted = 0;
        for (long row = 0; row < WholeRows; row++)
        {
            deleted += IsDeleted(row) ? 1 : 0;
            if (row % 100_000 == 0)
                Forget();
        }
        Forget();
        return deleted;
    }

    public string Name(int field, Encoding encoding) => encoding.GetString(_names[field]).Trim(' ', '\0', '\uFFFD');

    /// <summary>Field names and texts with a byte above 0x7F, one per line, from the whole table: what the encoding is judged by.</summary>
    public byte[] Sample()
    {
        var sample = new MemoryStream();
        foreach (var name in _names)
            AddLine(sample, name);
        var texts = Fields.Where(f => f.Type == 'C').ToArray();
        var step = Math.Max(1, WholeRows / 20_000);
        for (long row = 0; row < WholeRows && sample.Length < SampleBytes; row += step)
        {
            AddTexts(sample, row, texts);
            if (row % (step * 1_000) == 0)
                Forget();
        }
        for (long row = 0; sample.Length == 0 && step > 1 && row < WholeRows; row++)
            AddTexts(sample, row, texts);
        Forget();
        return sample.ToArray();
    }

    public void Dispose() => _file.Dispose();

    void AddTexts(MemoryStream sample, long row, DbfField[] texts)
    {
        var record = Rows(row, 1);
        if (Ascii.IsValid(record))
            return;
        foreach (var field in texts)
            AddLine(sample, record.Slice(field.Offset, field.Width).TrimEnd(" \0"u8));
    }

    static void AddLine(MemoryStream sample, ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
            return;
        sample.Write(text);
        sample.WriteByte((byte)'\n');
    }

    (DbfField[] Fields, byte[][] Names) ReadFields()
    {
        var (fields, names, offset) = (new List<DbfField>(), new List<byte[]>(), 1);
        for (var at = 32; at + 32 < _headerLength + 1 && _file.Span(at, 1)[0] != 0x0D && at + 32 <= _file.Length; at += 32)
        {
            var entry = _file.Span(at, 32);
            var type = char.ToUpperInvariant((char)entry[11]);
            // FoxPro and Clipper keep the high byte of a long text's width where others keep decimals.
            var width = type == 'C' ? entry[16] | entry[17] << 8 : entry[16];
            if (type == 'C' && offset + width > Stride)
                width = entry[16];
            var end = entry[..11].IndexOf((byte)0);
            names.Add(entry[..(end < 0 ? 11 : end)].ToArray());
            fields.Add(new("", type, offset, width, type is 'N' or 'F' ? entry[17] : 0));
            offset += width;
        }
        return ([.. fields], [.. names]);
    }

    SourceException Broken(string file)
    {
        _file.Dispose();
        return new(Faults.DbfBroken(file));
    }
}
