using System.Buffers.Binary;
using System.Text;

namespace CityOps.Gis.Tests.SurveyImport.Sources.Access;

/// <summary>
/// Writes an Access 2000 file (Jet 4) page by page, after the description in mdbtools' HACKING.md: pages of 4096 bytes, the catalogue's definition on page 2, a usage
/// map, a definition and data pages per table, and long values on pages of their own. No indexes; at most 512 pages and some 40 tables.
/// </summary>
sealed class AccessFile
{
    const int PageSize = 4096, DataHeader = 14, Catalogue = 2, CatalogueMaps = 3, CatalogueRows = 4, LongestOnOnePage = PageSize - DataHeader - 2, ColumnBytes = 25;
    static readonly byte[] HeaderKey = [0xC7, 0xDA, 0x39, 0x6B];
    static readonly AccessColumn[] CatalogueColumns =
    [
        new("Id", AccessType.Long), new("ParentId", AccessType.Long), new("Name", AccessType.Text), new("Type", AccessType.Integer), new("DateCreate", AccessType.DateTime),
        new("DateUpdate", AccessType.DateTime), new("Flags", AccessType.Long), new("LvProp", AccessType.Ole),
    ];

    readonly List<byte[]> _pages = [.. Enumerable.Range(0, CatalogueRows + 1).Select(_ => new byte[PageSize])];
    readonly List<object?[]> _objects = [];

    /// <param name="deleted">Numbers of rows that are marked as deleted, their bytes still there.</param>
    public void Add(string table, AccessColumn[] columns, IEnumerable<object?[]> rows, params int[] deleted)
    {
        var (page, maps, all) = (NewPage(), NewPage(), rows.ToList());
        var data = WriteRows(page, [.. all.Select(row => AccessRow.Bytes(columns, row, StoreLong))], deleted);
        WriteData(_pages[maps], 0, [Map(data), Map([])], []);
        WriteDefinition(_pages[page], columns, all.Count - deleted.Length, maps);
        _objects.Add([page, 0x0F000001, table, 1, new DateTime(2024, 5, 1), new DateTime(2024, 5, 1), 0, null]);
    }

    public void Save(string path)
    {
        _objects.Add([Catalogue, 0x0F000001, "MSysObjects", 1, new DateTime(2024, 5, 1), new DateTime(2024, 5, 1), unchecked((int)0x80000000), null]);
        WriteData(_pages[CatalogueRows], Catalogue, [.. _objects.Select(row => AccessRow.Bytes(CatalogueColumns, row, StoreLong))], []);
        WriteData(_pages[CatalogueMaps], 0, [Map([CatalogueRows]), Map([])], []);
        WriteDefinition(_pages[Catalogue], CatalogueColumns, _objects.Count, CatalogueMaps);
        WriteHeader(_pages[0]);
        File.WriteAllBytes(path, [.. _pages.SelectMany(page => page)]);
    }

    int NewPage()
    {
        _pages.Add(new byte[PageSize]);
        return _pages.Count - 1;
    }

    List<int> WriteRows(int definition, List<byte[]> rows, int[] deleted)
    {
        var pages = new List<int>();
        for (var from = 0; from < rows.Count || pages.Count == 0;)
        {
            var (to, room) = (from, PageSize - DataHeader);
            while (to < rows.Count && (room -= rows[to].Length + 2) >= 0)
                to++;
            var first = from;
            pages.Add(NewPage());
            WriteData(_pages[pages[^1]], definition, rows[from..to], [.. deleted.Where(row => row >= first && row < to).Select(row => row - first)]);
            from = to;
        }
        return pages;
    }

    // Rows lie from the page's end to its front; the list of where they begin follows the header. Both upper bits there mark a deleted one.
    static void WriteData(byte[] page, int owner, List<byte[]> rows, List<int> deleted)
    {
        (page[0], page[1]) = (1, 1);
        Int32(page, 4, owner);
        Int16(page, 12, rows.Count);
        var end = PageSize;
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(page, end -= rows[i].Length);
            Int16(page, DataHeader + 2 * i, deleted.Contains(i) ? end | 0xC000 : end);
        }
        Int16(page, 2, end - DataHeader - 2 * rows.Count);
    }

    static byte[] Map(List<int> pages)
    {
        var map = new byte[5 + 64];
        foreach (var page in pages)
            map[5 + page / 8] |= (byte)(1 << page % 8);
        return map;
    }

    static void WriteDefinition(byte[] page, AccessColumn[] columns, int rows, int maps)
    {
        (page[0], page[1], page[40]) = (2, 1, 0x4E);
        Int32(page, 16, rows);
        Int16(page, 41, columns.Length);
        Int16(page, 43, columns.Count(column => !column.IsFixed));
        Int16(page, 45, columns.Length);
        Int32(page, 55, maps << 8);
        Int32(page, 59, maps << 8 | 1);
        var (at, offset, variable) = (63, 0, 0);
        for (var i = 0; i < columns.Length; i++, at += ColumnBytes)
        {
            WriteColumn(page.AsSpan(at, ColumnBytes), columns[i], i, offset, columns[i].IsFixed ? 0 : variable++);
            offset += columns[i].IsFixed ? columns[i].Size : 0;
        }
        foreach (var name in columns.Select(column => Encoding.Unicode.GetBytes(column.Name)))
        {
            Int16(page, at, name.Length);
            name.CopyTo(page, at + 2);
            at += 2 + name.Length;
        }
        Int16(page, at, 0xFFFF);
        Int32(page, 8, at + 2 - 8);
        Int16(page, 2, PageSize - at - 2 - 8);
    }

    static void WriteColumn(Span<byte> entry, AccessColumn column, int number, int offset, int variable)
    {
        entry[0] = (byte)column.Type;
        Int16(entry, 5, number);
        Int16(entry, 7, variable);
        Int16(entry, 9, number);
        Int16(entry, 11, column.Type is AccessType.Text or AccessType.Memo ? 0x0804 : 0);
        (entry[15], entry[16]) = ((byte)(column.IsFixed ? 3 : 2), (byte)(column.Type is AccessType.Text or AccessType.Memo ? 1 : 0));
        Int16(entry, 21, offset);
        Int16(entry, 23, column.Size);
    }

    // One that fits has a page of its own (flag 0x40); a longer one is a chain of pages, each piece led by where the next one is.
    byte[] StoreLong(byte[] value)
    {
        var fits = value.Length <= LongestOnOnePage;
        var first = fits
            ? StorePage(value)
            : value.Chunk(LongestOnOnePage - 4).Reverse().Aggregate(0, (next, piece) => StorePage([.. BitConverter.GetBytes(next), .. piece]));
        return [.. BitConverter.GetBytes(value.Length | (fits ? 0x40000000 : 0)), .. BitConverter.GetBytes(first), 0, 0, 0, 0];
    }

    /// <returns>Row 0 of the page, as a pointer.</returns>
    int StorePage(byte[] bytes)
    {
        var page = NewPage();
        WriteData(_pages[page], BinaryPrimitives.ReadInt32LittleEndian("LVAL"u8), [bytes], []);
        return page << 8;
    }

    static void WriteHeader(byte[] page)
    {
        new byte[] { 0, 1, 0, 0 }.CopyTo(page, 0);
        "Standard Jet DB"u8.CopyTo(page.AsSpan(4));
        page[0x14] = 1;
        Int16(page, 0x3C, 936);
        Int16(page, 0x6E, 0x0804);
        Encipher(page.AsSpan(0x18, 128));
    }

    // RC4 with the key that every Jet file has.
    static void Encipher(Span<byte> bytes)
    {
        var state = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + HeaderKey[i % HeaderKey.Length]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
        }
        for (int n = 0, i = 0, j = 0; n < bytes.Length; n++)
        {
            i = (i + 1) & 255;
            j = (j + state[i]) & 255;
            (state[i], state[j]) = (state[j], state[i]);
            bytes[n] ^= state[(state[i] + state[j]) & 255];
        }
    }

    static void Int16(Span<byte> page, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(page[at..], (ushort)value);
    static void Int32(Span<byte> page, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(page[at..], value);
}
