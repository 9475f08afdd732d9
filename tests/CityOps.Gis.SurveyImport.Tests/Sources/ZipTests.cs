using System.IO.Compression;
using System.Text;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sources;

public sealed class ZipTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Zip(string name, Encoding? names, params (string Name, byte[] Content)[] entries)
    {
        var path = _folder.File(name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create, names);
        foreach (var (entryName, content) in entries)
        {
            using var entry = zip.CreateEntry(entryName).Open();
            entry.Write(content);
        }
        return path;
    }

    (string, byte[])[] Shapefile(string name)
    {
        using (var writer = new ShapefileWriter(_folder.File("made/" + name)).Field("Id", 'N', 4))
            writer.Point(1, 2, 3);
        return [.. new[] { ".shp", ".shx", ".dbf" }.Select(e => (name + e, File.ReadAllBytes(_folder.File("made/" + name + e))))];
    }

    [Theory]
    [InlineData(null)]
    [InlineData("GBK")]
    public void Chinese_names_in_a_zip_are_read(string? encoding)
    {
        var path = Zip("a.zip", encoding is null ? null : CityOps.Gis.SurveyImport.Encodings.CodePages.Named(encoding), Shapefile("雨水井盖"));
        using var delivery = Delivery.Open(path);

        Assert.Equal("雨水井盖.shp", Assert.Single(delivery.Layers).File);
    }

    [Fact]
    public void A_zip_in_a_zip_is_read_and_a_third_level_refused()
    {
        var inner = Zip("inner.zip", null, Shapefile("a"));
        var middle = Zip("middle.zip", null, [("inner.zip", File.ReadAllBytes(inner)), .. Shapefile("b")]);
        var outer = Zip("outer.zip", null, ("middle.zip", File.ReadAllBytes(middle)));
        using var delivery = Delivery.Open(outer);

        Assert.Equal(["middle.zip/b.shp"], delivery.Layers.Select(l => l.File));
        Assert.Equal(["ZIP_TOO_DEEP"], delivery.Faults.Select(f => f.Code));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("/etc/evil.txt")]
    [InlineData("C:\\evil.txt")]
    [InlineData("a/../../evil.txt")]
    public void An_entry_that_climbs_out_is_refused_and_the_rest_is_read(string name)
    {
        using var delivery = Delivery.Open(Zip("a.zip", null, [(name, [1]), .. Shapefile("a")]));

        Assert.Equal(["ZIP_PATH_CLIMBS"], delivery.Faults.Select(f => f.Code));
        Assert.Single(delivery.Layers);
    }

    [Fact]
    public void A_bomb_is_refused_while_it_inflates()
    {
        var path = Zip("a.zip", null, ("big.csv", new byte[100_000]));

        Assert.Equal("ZIP_TOO_BIG", Assert.Throws<SourceException>(() => Delivery.Open(path, new() { MaxUnpackedBytes = 50_000 })).Fault.Code);
        Assert.Equal("ZIP_TOO_BIG", Assert.Throws<SourceException>(() => Delivery.Open(Zip("b.zip", null, Shapefile("a")), new() { MaxEntries = 2 })).Fault.Code);
    }

    [Theory]
    [InlineData("a.zip", "zeros.csv")]
    [InlineData("a.kmz", "doc.kml")]
    [InlineData("a.xlsx", "xl/sharedStrings.xml")]
    public void A_file_of_absurd_ratio_is_refused_whatever_reads_it(string name, string entry)
        => Assert.Equal("ZIP_TOO_BIG", Assert.Throws<SourceException>(() => Delivery.Open(Zip(name, null, (entry, new byte[80 << 20])))).Fault.Code);

    [Theory]
    [InlineData("a.kmz", "doc.kml")]
    [InlineData("a.xlsx", "xl/sharedStrings.xml")]
    public void A_file_of_absurd_ratio_is_refused_in_a_gzip_too(string name, string entry)
    {
        using (var source = File.OpenRead(Zip(name, null, (entry, new byte[80 << 20]))))
        using (var packed = new GZipStream(File.Create(_folder.File(name + ".gz")), CompressionLevel.Fastest))
            source.CopyTo(packed);

        Assert.Equal("ZIP_TOO_BIG", Assert.Throws<SourceException>(() => Delivery.Open(_folder.File(name + ".gz"))).Fault.Code);
    }

    [Theory]
    [InlineData(new[] { "doc.kml" }, new[] { "a.kmz" })]
    [InlineData(new[] { "doc.kml", "parts/lamps.kml" }, new[] { "a.kmz/doc.kml", "a.kmz/parts/lamps.kml" })]
    public void A_kmz_is_its_documents(string[] documents, string[] files)
    {
        var document = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>灯</name><Point><coordinates>118,24,0</coordinates></Point></Placemark></Document></kml>""";
        using var delivery = Delivery.Open(Zip("a.kmz", null, [.. documents.Select(one => (one, Encoding.UTF8.GetBytes(document))), ("files/lamp.png", [0x89, 0x50])]));

        Assert.Empty(delivery.Faults);
        Assert.Equal(files, delivery.Layers.Select(one => one.File));
        Assert.All(delivery.Layers, layer => Assert.Equal("灯", Reading.Texts(Reading.All(delivery, layer), layer.Columns.ToList().FindIndex(one => one.Name == "Name"))[0]));
    }

    [Fact]
    public void A_kmz_without_a_document_is_told_of()
        => Assert.Equal("NO_LAYERS", Assert.Throws<SourceException>(() => Delivery.Open(Zip("a.kmz", null, ("files/lamp.png", [0x89, 0x50])))).Fault.Code);

    [Fact]
    public void A_zip_that_is_none_is_named_as_what_it_is()
    {
        File.WriteAllBytes(_folder.File("a.zip"), [.. "Rar!"u8, 1, 2, 3]);

        Assert.Contains("RAR", Assert.Throws<SourceException>(() => Delivery.Open(_folder.File("a.zip"))).Fault.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_is_of_the_data_not_of_its_packing()
    {
        var files = Shapefile("a");
        using var first = Delivery.Open(Zip("a.zip", null, files));
        Thread.Sleep(2100);
        using var again = Delivery.Open(Zip("b.zip", null, [files[2], files[0], files[1], ("__MACOSX/._a.shp", [1])]));
        using var other = Delivery.Open(Zip("c.zip", null, [.. files, ("readme.txt", [1])]));
        using var folder = Delivery.Open(_folder.File("made"));

        Assert.Equal(first.Hash, again.Hash);
        Assert.Equal(first.Hash, folder.Hash);
        Assert.NotEqual(first.Hash, other.Hash);
    }

    [Fact]
    public void Unpacked_files_are_gone_after_disposal()
    {
        var work = Directory.CreateDirectory(_folder.File("work")).FullName;
        using (var delivery = Delivery.Open(Zip("a.zip", null, Shapefile("a")), new() { WorkFolder = work }))
            Assert.NotEmpty(Directory.EnumerateDirectories(work));

        Assert.Empty(Directory.EnumerateFileSystemEntries(work));
    }

    [Fact]
    public void A_missing_path_says_so()
        => Assert.Equal("PATH_MISSING", Assert.Throws<SourceException>(() => Delivery.Open(_folder.File("none.zip"))).Fault.Code);

    [Fact]
    public void Accompanying_documents_are_named_but_do_not_stop_the_delivery()
    {
        using var delivery = Delivery.Open(Zip("a.zip", null, [("说明.pdf", [.. "%PDF"u8]), .. Shapefile("a")]));

        Assert.Equal([("NOT_DATA", "说明.pdf")], delivery.Faults.Select(f => (f.Code, f.File)));
    }
}
