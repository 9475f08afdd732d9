using System.Diagnostics;
using System.IO.Compression;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sources;

/// <summary>Every real file is read to its end with the right number of rows, or refused with a sentence.</summary>
public sealed class RealDataTests
{
    // A file with shifted bytes, which is refused; and two with points at the lowest double, which GDAL hands on and we take for missing.
    static readonly string[] Damaged = ["3dpoints", "fields_utf8", "invalid_coordinates"];

    public static TheoryData<string> Files()
    {
        var data = new TheoryData<string>();
        if (SharedData.Find("formats") is { } formats && Path.GetDirectoryName(formats) is { } root)
            foreach (var file in new[] { "formats", "chinese", "components", "xiamen", "cases" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(root, f), "*", SearchOption.AllDirectories)))
                data.Add(Path.GetRelativePath(root, file));
        else
            data.Add("formats");
        return data;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_layer_is_read_to_its_end_and_every_other_file_has_its_sentence(string file)
    {
        try
        {
            using var delivery = Delivery.Open(SharedData.Need(file));
            Assert.All(delivery.Layers, layer => ReadOrRefuse(delivery, layer));
            Assert.All(delivery.Faults, IsSentence);
            AssertNothingIsPassedOver(file, delivery);
        }
        catch (SourceException refused)
        {
            IsSentence(refused.Fault);
        }
    }

    [Theory]
    [InlineData("chinese/nts_anhui_counties_gbk_138_fields.zip", "chinese_encoding", 78, "GBK")]
    [InlineData("xiamen/厦门市_districts_amap_no_prj_no_cpg.zip", "厦门市", 6, "UTF-8")]
    [InlineData("components/la_trees_geojson.zip", "downey", 18_544, null)]
    [InlineData("components/la_trees_shapefiles_mostly_without_dbf.zip", "downey.geojson", 18_544, "windows-1252")]
    [InlineData("components/cambridge_trees.csv.gz", "cambridge_trees", 38_050, "UTF-8")]
    [InlineData("components/portland_park_trees.csv.gz", "portland_park_trees", 25_534, "UTF-8")]
    [InlineData("components/graz_trees_2014-05-29.geojson.gz", "graz_trees_2014-05-29", 17_538, null)]
    [InlineData("components/graz_trees_2014-09-29.geojson.gz", "graz_trees_2014-09-29", 17_633, null)]
    [InlineData("formats/sharpmap_mapinfo_tab_xls_kml.zip", "citiesMapInfo", 478, null)]
    [InlineData("formats/sharpmap_mapinfo_tab_xls_kml.zip", "countriesMapInfo", 147, null)]
    [InlineData("formats/sharpmap_mapinfo_tab_xls_kml.zip", "Cities", 479, null)]
    [InlineData("cases/boston311_2008_2014.csv.gz", "boston311_2008_2014", 51_501, "UTF-8")]
    public void The_known_counts_are_met(string file, string name, long rows, string? encoding)
    {
        using var delivery = Delivery.Open(SharedData.Need(file));
        var layer = delivery.Layers.Single(l => l.Name == name);

        Assert.Equal((rows, encoding), (Reading.Measure(delivery, layer).Rows, layer.Encoding));
    }

    [Fact]
    public void Chinese_county_names_are_read_from_gbk()
    {
        using var delivery = Delivery.Open(SharedData.Need("chinese/nts_anhui_counties_gbk_138_fields.zip"));
        var chunks = Reading.All(delivery, delivery.Layers[0]);

        Assert.Contains("安徽", Reading.Texts(chunks, 1)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_record_is_refused_at_its_row_and_the_other_layers_are_read()
    {
        using var delivery = Delivery.Open(SharedData.Need("formats/mapshaper_shp_dbf_encodings.zip"));
        var fault = Assert.Throws<SourceException>(() => Reading.Measure(delivery, delivery.Layers.Single(l => l.Name == "3dpoints"))).Fault;

        Assert.Equal("SHP_RECORD_BROKEN", fault.Code);
        Assert.Equal(474, Reading.Measure(delivery, delivery.Layers.Single(l => l.Name == "polygon")).Rows);
    }

    [Theory]
    [InlineData("delivery", "TestGeom.gdb")]
    [InlineData("delivery/TestGeom.gdb", "TestGeom.gdb")]
    [InlineData("bare", "bare")]
    public void A_file_geodatabase_is_read_as_a_folder_in_a_folder_or_without_its_name(string opened, string file)
    {
        using var folder = new TempFolder();
        ZipFile.ExtractToDirectory(SharedData.Need("formats/gdb/TestGeom.gdb.zip"), folder.File("delivery"));
        if (opened == "bare")
            Directory.Move(folder.File("delivery/TestGeom.gdb"), folder.File(opened));
        using var delivery = Delivery.Open(folder.File(opened));

        Assert.Equal(7, delivery.Layers.Count);
        Assert.All(delivery.Layers, l => Assert.Equal((file, l.RowCount), (l.File, Reading.Measure(delivery, l).Rows)));
        Assert.Empty(delivery.Faults);
    }

    [Fact]
    public void A_shapefile_whose_shp_is_absent_is_refused_by_that_name()
    {
        var path = SharedData.Need("chinese/ncl_county_2004_gbk_krasovsky_without_shp.zip");

        Assert.Equal("DBF_WITHOUT_SHP", Assert.Throws<SourceException>(() => Delivery.Open(path)).Fault.Code);
    }

    [Theory]
    [InlineData("columbus", "columbus", 49, 8)]
    [InlineData("tokyo", "Prefectures", 7, 7)]
    [InlineData("tokyo", "TMABsu", 263, 7)]
    [InlineData("pittsburgh", "pitthom", 143, 4)]
    public void One_layer_has_one_count_and_extent_in_all_its_formats(string archive, string name, long rows, int formats)
    {
        using var delivery = Delivery.Open(SharedData.Need($"formats/geoda_multi_format/{archive}.zip"));
        var all = delivery.Layers.Where(l => l.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(l => (l.Format, Read: Reading.Measure(delivery, l))).ToArray();
        // A table's X and Y are centroids, so only its count compares.
        var mapped = all.Where(a => a.Format is not ("CSV" or "Excel")).ToArray();

        Assert.All(all, a => Assert.Equal((a.Format, rows), (a.Format, a.Read.Rows)));
        Assert.True(mapped.Length >= formats - 1, string.Join(", ", mapped.Select(m => m.Format)));
        Assert.All(mapped, a => Assert.True(Near(a.Read.Extent, mapped[0].Read.Extent), $"{a.Format}: {a.Read.Extent} is not {mapped[0].Read.Extent}"));
    }

    [Theory]
    [InlineData("formats/nts_shapefiles.zip")]
    [InlineData("formats/mapshaper_issue_cases.zip")]
    [InlineData("formats/mapshaper_shp_dbf_encodings.zip")]
    [InlineData("formats/sharpmap_mapinfo_tab_xls_kml.zip")]
    [InlineData("chinese/cnmap_lines_odd_prj.zip")]
    public void Our_shapefile_reader_counts_and_measures_as_GDAL_does(string file)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ogr2ogr"), "ogr2ogr (gdal-bin) is not installed.");
        using var folder = new TempFolder();
        ZipFile.ExtractToDirectory(SharedData.Need(file), folder.Path);
        using var delivery = Delivery.Open(folder.Path);
        foreach (var layer in delivery.Layers.Where(l => l.Format == "Shapefile" && !l.File.Contains(".zip", StringComparison.Ordinal) && !Damaged.Contains(l.Name)))
            AssertSameAsGdal(delivery, layer, folder.File(layer.File), folder.File($"{Guid.NewGuid():N}.gpkg"));
    }

    // GDAL reads the shapefile and writes a GeoPackage; what that holds is compared, because headers lie about extents.
    static void AssertSameAsGdal(Delivery delivery, SourceLayer layer, string path, string copy)
    {
        var (rows, extent) = Reading.Measure(delivery, layer);
        string[] restore = File.Exists(Path.ChangeExtension(path, ".shx")) ? [] : ["--config", "SHAPE_RESTORE_SHX", "YES"];
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/ogr2ogr", ["-f", "GPKG", "-nlt", "GEOMETRY", "-a_srs", "EPSG:4326", .. restore, copy, path])
        {
            RedirectStandardError = true,
        })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        using var theirs = Delivery.Open(copy);
        var (theirRows, theirExtent) = Reading.Measure(theirs, theirs.Layers[0]);

        Assert.Equal($"{layer.File}: {theirRows}", $"{layer.File}: {rows}");
        Assert.True(Near(extent, theirExtent), $"{layer.File}: {extent} is not {theirExtent}");
    }

    // The upper bytes of them in the record DIMENSIONS ([MS-XLS] 2.4.90), counted down.
    const int LastRow = -7, LastColumn = -11;

    // Found by fuzzing: GDAL handed on a geometry that lay outside its buffer; a sheet of an .xls had 3,840 columns, another 1.6 milliard rows, which took minutes.
    [Theory]
    [InlineData("mapshaper_geopackage_fgb_kml.zip", "poly01.fgb", 5_672, 0, "SOURCE_BROKEN")]
    [InlineData("sharpmap_mapinfo_tab_xls_kml.zip", "Cities.xls", LastColumn, 15, "EXCEL_UNREADABLE")]
    [InlineData("sharpmap_mapinfo_tab_xls_kml.zip", "Cities.xls", LastRow, 96, "EXCEL_UNREADABLE")]
    public void One_wrong_byte_is_told_of(string archive, string name, int at, byte value, string code)
    {
        using var folder = new TempFolder();
        using (var zip = ZipFile.OpenRead(SharedData.Need("formats/" + archive)))
            zip.Entries.First(one => one.Name == name).ExtractToFile(folder.File(name));
        var content = File.ReadAllBytes(folder.File(name));
        content[at < 0 ? content.AsSpan().IndexOf<byte>([0x00, 0x02, 0x0E, 0x00]) + 4 - at : at] = value;
        File.WriteAllBytes(folder.File(name), content);

        var refused = Assert.Throws<SourceException>(() =>
        {
            using var delivery = Delivery.Open(folder.File(name));
            foreach (var layer in delivery.Layers)
                Reading.All(delivery, layer);
        });

        Assert.Equal(code, refused.Fault.Code);
        IsSentence(refused.Fault);
    }

    static bool Near(NetTopologySuite.Geometries.Envelope a, NetTopologySuite.Geometries.Envelope b)
        => (a.IsNull && b.IsNull) || Math.Abs(a.MinX - b.MinX) < 1e-5 && Math.Abs(a.MinY - b.MinY) < 1e-5 && Math.Abs(a.MaxX - b.MaxX) < 1e-5 && Math.Abs(a.MaxY - b.MaxY) < 1e-5;

    static void ReadOrRefuse(Delivery delivery, SourceLayer layer)
    {
        try
        {
            var rows = Reading.Measure(delivery, layer).Rows;
            Assert.Equal(layer.RowCount ?? rows, rows);
        }
        catch (SourceException refused)
        {
            IsSentence(refused.Fault);
        }
    }

    static void IsSentence(SourceFault fault)
    {
        Assert.EndsWith(".", fault.Message.En, StringComparison.Ordinal);
        Assert.EndsWith("。", fault.Message.Zh, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(fault.File), fault.Message.En, StringComparison.Ordinal);
    }

    // Every main file of an archive is a layer's or a fault's.
    static void AssertNothingIsPassedOver(string file, Delivery delivery)
    {
        if (!file.EndsWith(".zip", StringComparison.Ordinal) || file.EndsWith(".gdb.zip", StringComparison.Ordinal))
            return;
        var spokenOf = delivery.Layers.Select(l => l.File).Concat(delivery.Faults.Select(f => f.File)).ToHashSet();
        using var zip = ZipFile.OpenRead(SharedData.Need(file));
        string[] main = [".shp", ".csv", ".json", ".geojson", ".gpkg", ".fgb", ".kml", ".kmz", ".tab", ".mif", ".xls", ".xlsx", ".dxf", ".sqlite", ".txt"];
        Assert.All(zip.Entries.Where(e => !e.FullName.Contains("__MACOSX", StringComparison.Ordinal) && main.Contains(Path.GetExtension(e.Name).ToLowerInvariant())),
            e => Assert.True(!e.FullName.All(char.IsAscii) || spokenOf.Contains(e.FullName), e.FullName));
    }
}
