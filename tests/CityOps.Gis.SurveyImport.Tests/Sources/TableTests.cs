using System.IO.Compression;
using System.Text;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Encodings;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sources;

public sealed class TableTests : IDisposable
{
    const string Rows = "编码,名称,经度,纬度\n001,雨水井盖,118.1,24.5\n002,\"路灯, 双头\",118.2,24.6\n003,公厕,,\n";
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Delivery Open(string name, byte[] content)
    {
        File.WriteAllBytes(_folder.File(name), content);
        return Delivery.Open(_folder.File(name));
    }

    [Theory]
    [InlineData("UTF-8", "UTF-8")]
    [InlineData("GBK", "GBK")]
    [InlineData("UTF-16", "utf-16")]
    [InlineData("UTF-16BE", "utf-16BE")]
    public void A_csv_is_read_in_any_encoding(string written, string found)
    {
        using var delivery = Open("部件.csv", CodePages.Named(written)!.GetBytes(Rows));
        var layer = Assert.Single(delivery.Layers);
        var chunks = Reading.All(delivery, layer);

        Assert.Equal((found, GeometryKind.Point), (layer.Encoding, layer.Geometry));
        Assert.Equal(["编码", "名称", "经度", "纬度"], layer.Columns.Select(c => c.Name));
        Assert.Equal(["雨水井盖", "路灯, 双头", "公厕"], Reading.Texts(chunks, 1));
        Assert.Equal(["POINT (118.1 24.5)", "POINT (118.2 24.6)", null], Reading.Wkt(chunks));
    }

    [Theory]
    [InlineData("a.csv", ";")]
    [InlineData("a.tsv", "\t")]
    [InlineData("a.txt", "|")]
    public void Other_separators_are_found(string name, string separator)
    {
        using var delivery = Open(name, Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Rows.Replace("\"路灯, 双头\"", "路灯").Replace(",", separator))).ToArray());

        Assert.Equal(["001", "002", "003"], Reading.Texts(Reading.All(delivery, delivery.Layers[0]), 0));
        Assert.Equal("编码", delivery.Layers[0].Columns[0].Name);
    }

    [Fact]
    public void Well_known_text_gives_geometry_and_a_cell_that_is_none_is_empty()
    {
        using var delivery = Open("a.csv", "id;geom\n1;POLYGON((0 0,1 0,1 1,0 0))\n2;LINESTRING Z(0 0 5,1 1 5)\n3;POINT(oops\n"u8.ToArray());

        Assert.Equal(["POLYGON ((0 0, 1 0, 1 1, 0 0))", "LINESTRING (0 0, 1 1)", null], Reading.Wkt(Reading.All(delivery, delivery.Layers[0])));
    }

    // Each found by fuzzing but the last, which would end the program: collections within collections until the stack is full.
    [Theory]
    [InlineData("POINT(/")]
    [InlineData("POINT(97 ,1 4)")]
    [InlineData("GEOMETRYCOLLECTION(", 100_000)]
    public void Text_that_breaks_the_reader_of_well_known_text_is_an_empty_cell_as_well(string cell, int times = 1)
    {
        using var delivery = Open("a.csv", Encoding.UTF8.GetBytes($"id;geom\n1;POINT(1 2)\n2;POINT(3 4)\n3;{string.Concat(Enumerable.Repeat(cell, times))}\n"));

        Assert.Equal(["POINT (1 2)", "POINT (3 4)", null], Reading.Wkt(Reading.All(delivery, delivery.Layers[0])));
    }

    [Fact]
    public void A_gzipped_csv_keeps_its_name()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(Rows));
        using var delivery = Open("a.csv.gz", packed.ToArray());

        Assert.Equal(("a.csv.gz", "a"), (delivery.Layers[0].File, delivery.Layers[0].Name));
        Assert.Equal(3, Reading.Measure(delivery, delivery.Layers[0]).Rows);
    }

    [Fact]
    public void A_row_with_more_values_than_columns_is_refused_by_number()
    {
        var text = "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 300)) + "1,2,3\n";
        using var delivery = Open("a.csv", Encoding.UTF8.GetBytes(text));
        var fault = Assert.Throws<SourceException>(() => Reading.Measure(delivery, delivery.Layers[0])).Fault;

        Assert.Equal("CSV_ROW_TOO_LONG", fault.Code);
        Assert.StartsWith("Row 301 ", fault.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_headers_get_names_of_their_own()
    {
        using var delivery = Open("a.csv", "id,name,name,\n1,2,3,4\n"u8.ToArray());

        Assert.Equal(["id", "name", "name_2", "Column 4"], delivery.Layers[0].Columns.Select(c => c.Name));
    }

    [Theory]
    [InlineData("a.csv", "PK\u0003\u0004", "FILE_IS_OTHER")]
    [InlineData("a.csv", "", "FILE_EMPTY")]
    [InlineData("a.xlsx", "<html>", "FILE_IS_OTHER")]
    [InlineData("a.mdb", "\0\u0001\0\0Standard Jet DB", "MDB_UNREADABLE")]
    [InlineData("a.geojson", "{\"type\":", "GDAL_UNREADABLE")]
    [InlineData("a.gpkg", "hello", "FILE_IS_OTHER")]
    [InlineData("a.dwg", "AC1027", "FORMAT_UNSUPPORTED")]
    [InlineData("a.rar", "Rar!", "FORMAT_UNSUPPORTED")]
    [InlineData("a.csv.gz", "no gzip", "GZIP_BROKEN")]
    [InlineData("a.dxf", "  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n  0\nSECTION\n", "DXF_CUT_OFF")]
    [InlineData("a.dxf", "  0\nSECTION\n  2\nHEADER\n  0\nENDSEC\n  0\n", "DXF_CUT_OFF")]
    [InlineData("a.dxf", "  0\nSECTION\n  2\nHEADER\n999\nENDSEC\n  0\nEOF\n", "DXF_BROKEN")]
    [InlineData("a.dxf", "  0\nSECTION\n  2\nHEADER\nENDSEC\n  0\nEOF\n", "DXF_BROKEN")]
    [InlineData("a.dxf", "  0\nSECTION\n  0\nENDSEC\n  0\nEOF\n", "DXF_BROKEN")]
    [InlineData("a.dxf", "  0\nENDSEC\n  0\nEOF\n", "DXF_BROKEN")]
    [InlineData("a.dxf", "  0\nSECTION\n  2\nHEADER\n  9\n<a line of 2 MB>\n  0\nENDSEC\n  0\nEOF\n", "DXF_BROKEN")]
    [InlineData("a.dxf", "AutoCAD Binary DXF<a line of 2 MB>", "GDAL_UNREADABLE")]
    public void What_cannot_be_read_is_refused_with_its_code(string name, string content, string code)
        => Assert.Equal(code, Assert.Throws<SourceException>(() => Open(name, Encoding.Latin1.GetBytes(content.Replace("<a line of 2 MB>", new('x', 2 << 20), StringComparison.Ordinal)))).Fault.Code);

    // A damaged .xls, found by fuzzing, said that it had 32,518 columns.
    [Theory]
    [InlineData("XFD", true)]
    [InlineData("XFE", false)]
    public void A_workbook_has_as_many_columns_as_excel_itself_may_have(string last, bool isSound)
    {
        var workbook = Workbook(Sheet($"<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"{last}1\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\"><v>3</v></c></row>"));
        if (isSound)
        {
            using var delivery = Open("a.xlsx", workbook);
            Assert.Equal(16_384, Assert.Single(delivery.Layers).Columns.Count);
        }
        else
            Assert.Equal("EXCEL_UNREADABLE", Assert.Throws<SourceException>(() => Open("a.xlsx", workbook)).Fault.Code);
    }

    // Found by fuzzing: the library runs into nulls and numbers that are none.
    [Theory]
    [InlineData("Target=\"worksheets/sheet1.xml\"", "")]
    [InlineData("Id=\"r1\"", "")]
    [InlineData("r:id=\"r1\"", "")]
    [InlineData("sheetId=\"1\"", "sheetId=\"one\"")]
    [InlineData("<v>1</v>", "<v>1")]
    [InlineData("r=\"A2\"", "r=\"??\"")]
    [InlineData("r=\"2\"", "r=\"two\"")]
    public void A_workbook_that_is_damaged_within_is_refused_or_read_and_never_ends_otherwise(string part, string damage)
    {
        var workbook = Workbook(Sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>3</v></c></row>").Select(one => (one.Part, one.Text.Replace(part, damage, StringComparison.Ordinal))));
        try
        {
            using var delivery = Open("a.xlsx", workbook);
            Assert.All(delivery.Layers, layer => Assert.NotEmpty(Reading.All(delivery, layer)));
        }
        catch (SourceException refused)
        {
            Assert.Contains(refused.Fault.Code, new[] { "EXCEL_UNREADABLE", "TABLE_EMPTY" });
        }
    }

    static byte[] Workbook(IEnumerable<(string Part, string Text)> parts)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (part, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(part).Open());
                writer.Write(text);
            }
        return packed.ToArray();
    }

    // The least that is a workbook (ECMA-376).
    static IEnumerable<(string Part, string Text)> Sheet(string rows)
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        yield return ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Types}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        yield return ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Types}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        yield return ("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>");
    }

    [Theory]
    [InlineData("a.csv", "code,lon,lat\n1,118.1,24.5\n")]
    [InlineData("b.csv", "code;WKT\n1;POINT (118.1 24.5)\n")]
    [InlineData("c.csv", "code\n1\n2\n")]
    [InlineData("d.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":"b"},"geometry":{"type":"Point","coordinates":[118.1,24.5]}}]}""")]
    public void What_is_found_out_is_said_in_chinese_and_in_english(string name, string content)
    {
        using var delivery = Open(name, Encoding.UTF8.GetBytes(content));
        var evidence = Assert.Single(delivery.Layers).EncodingEvidence;

        Assert.NotEmpty(evidence);
        Assert.All(evidence, one => Assert.Contains(one.Zh, c => c is >= '\u4e00' and <= '\u9fff'));
        Assert.All(evidence, one => Assert.DoesNotContain(one.En, c => c is >= '\u4e00' and <= '\u9fff'));
    }
}
