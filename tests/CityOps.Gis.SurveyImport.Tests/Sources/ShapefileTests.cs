using System.Text;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sources;

public sealed class ShapefileTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Shp(string name) => _folder.File(name + ".shp");

    void WriteComponents(string name, int rows, Encoding encoding, string? cpg = null, byte languageId = 0)
    {
        using var writer = new ShapefileWriter(_folder.File(name), 1, encoding) { Cpg = cpg, LanguageId = languageId, Prj = "GEOGCS[\"CGCS2000\"]" };
        writer.Field("ObjID", 'C', 16).Field("主管", 'C', 40).Field("Depth", 'N', 8, 2).Field("Count", 'N', 6).Field("ODate", 'D', 8).Field("Ok", 'L', 1);
        for (var i = 0; i < rows; i++)
            writer.Point(118.1 + i * 1e-5, 24.5, $"350203010200{i:0000}", i % 2 == 0 ? "厦门市市政园林局" : "湖里区城管局", i / 4.0, i, new DateOnly(2024, 5, 1), i % 2 == 0);
    }

    [Theory]
    [InlineData("GBK", null, 0x4D)]
    [InlineData("GBK", null, 0)]
    [InlineData("UTF-8", "UTF-8", 0)]
    [InlineData("UTF-8", null, 0)]
    public void Texts_numbers_days_and_positions_arrive_as_they_were(string encoding, string? cpg, byte languageId)
    {
        WriteComponents("井盖", 5, CityOps.Gis.SurveyImport.Encodings.CodePages.Named(encoding)!, cpg, languageId);
        using var delivery = Delivery.Open(Shp("井盖"));
        var layer = Assert.Single(delivery.Layers);
        var chunk = Assert.Single(Reading.All(delivery, layer));

        Assert.Equal(["ObjID", "主管", "Depth", "Count", "ODate", "Ok"], layer.Columns.Select(c => c.Name));
        Assert.Equal(("井盖", "井盖.shp", 5L, encoding, GeometryKind.Point), (layer.Name, layer.File, layer.RowCount, layer.Encoding, layer.Geometry));
        Assert.Equal(["3502030102000003", "湖里区城管局", "0.75", "3", "2024-05-01", "0"], chunk.Columns.Select(c => c.Text(3)));
        Assert.Equal("GEOGCS[\"CGCS2000\"]", layer.DeclaredCrs);
        Assert.Equal(118.10003, chunk.Geometry!.X[3], 9);
    }

    [Fact]
    public void Equal_texts_of_a_column_are_one_string()
    {
        WriteComponents("a", 100, Encoding.UTF8);
        using var delivery = Delivery.Open(Shp("a"));
        var values = ((TextColumn)Reading.All(delivery, delivery.Layers[0])[0].Columns[1]).Values;

        Assert.All(Enumerable.Range(2, 98), i => Assert.Same(values[i % 2], values[i]));
    }

    [Fact]
    public void Rows_marked_deleted_are_skipped_with_their_shapes()
    {
        using (var writer = new ShapefileWriter(_folder.File("a")).Field("Name", 'C', 10))
        {
            writer.Point(1, 1, "one").Point(2, 2, "two").DeleteLast().Point(3, 3, "three");
        }
        using var delivery = Delivery.Open(Shp("a"));
        var chunks = Reading.All(delivery, delivery.Layers[0]);

        Assert.Equal(2, delivery.Layers[0].RowCount);
        Assert.Equal(["one", "three"], Reading.Texts(chunks, 0));
        Assert.Equal(["POINT (1 1)", "POINT (3 3)"], Reading.Wkt(chunks));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(25)]
    public void Rings_become_polygons_by_orientation_and_containment(int shapeType)
    {
        double[] shell = [0, 0, 0, 10, 10, 10, 10, 0, 0, 0], hole = [2, 2, 8, 2, 8, 8, 2, 8, 2, 2], island = [4, 4, 4, 6, 6, 6, 6, 4, 4, 4], far = [20, 0, 20, 1, 21, 1, 20, 0];
        using (var writer = new ShapefileWriter(_folder.File("a"), shapeType).Field("Id", 'N', 4))
            writer.Parts([shell], 1).Parts([shell, hole], 2).Parts([far, island, hole, shell], 3).Parts([[.. hole]], 4).Parts([[0, 0, 0, 1, 1, 1]], 5).Null(6);
        using var delivery = Delivery.Open(Shp("a"));
        var chunks = Reading.All(delivery, delivery.Layers[0]);

        Assert.Equal(
            [
                "POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0))",
                "POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0), (2 2, 8 2, 8 8, 2 8, 2 2))",
                "MULTIPOLYGON (((20 0, 20 1, 21 1, 20 0)), ((4 4, 4 6, 6 6, 6 4, 4 4)), ((0 0, 0 10, 10 10, 10 0, 0 0), (2 2, 8 2, 8 8, 2 8, 2 2)))",
                "POLYGON ((2 2, 8 2, 8 8, 2 8, 2 2))",
                "POLYGON ((0 0, 0 1, 1 1, 0 0))",
                null,
            ], Reading.Wkt(chunks));
    }

    [Fact]
    public void Rings_that_all_run_the_wrong_way_are_told_apart_by_nesting()
    {
        double[] shell = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0], hole = [2, 2, 8, 2, 8, 8, 2, 8, 2, 2];
        using (var writer = new ShapefileWriter(_folder.File("a"), 5).Field("Id", 'N', 4))
            writer.Parts([hole, shell], 1);
        using var delivery = Delivery.Open(Shp("a"));

        Assert.Equal(["POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 8 2, 8 8, 2 8, 2 2))"], Reading.Wkt(Reading.All(delivery, delivery.Layers[0])));
    }

    [Fact]
    public void Lines_and_multipoints_keep_their_parts()
    {
        using (var lines = new ShapefileWriter(_folder.File("lines"), 13).Field("Id", 'N', 4))
            lines.Parts([[0, 0, 1, 1]], 1).Parts([[0, 0, 1, 1], [2, 2, 3, 3]], 2);
        using (var points = new ShapefileWriter(_folder.File("points"), 8).Field("Id", 'N', 4))
            points.MultiPoint([1, 2], 1).MultiPoint([1, 2, 3, 4], 2);
        using var delivery = Delivery.Open(_folder.Path);

        Assert.Equal(["LINESTRING (0 0, 1 1)", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))"], Reading.Wkt(Reading.All(delivery, delivery.Layers[0])));
        Assert.Equal(["POINT (1 2)", "MULTIPOINT ((1 2), (3 4))"], Reading.Wkt(Reading.All(delivery, delivery.Layers[1])));
        Assert.True(delivery.Layers[0].HasZ);
    }

    [Fact]
    public void A_missing_shx_is_rebuilt_and_said()
    {
        WriteComponents("a", 7, Encoding.UTF8);
        File.Delete(_folder.File("a.shx"));
        using var delivery = Delivery.Open(Shp("a"));

        Assert.Equal(7, Reading.Measure(delivery, delivery.Layers[0]).Rows);
        Assert.Contains(delivery.Layers[0].EncodingEvidence, e => e.Zh.Contains(".shx", StringComparison.Ordinal) && e.En.Contains(".shx", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(".dbf", "SHP_DBF_MISSING")]
    [InlineData(".shp", "DBF_WITHOUT_SHP")]
    public void A_missing_part_is_refused_by_name(string part, string code)
    {
        WriteComponents("a", 2, Encoding.UTF8);
        File.Delete(_folder.File("a" + part));

        Assert.Equal(code, Assert.Throws<SourceException>(() => Delivery.Open(_folder.Path)).Fault.Code);
    }

    [Theory]
    [InlineData(".shp", 100 + 28 * 30 + 5, 31)]
    [InlineData(".dbf", 33 + 32 * 6 + 80 * 30 + 5, 31)]
    public void A_truncated_file_is_refused_at_its_row(string part, int length, long row)
    {
        WriteComponents("a", 50, Encoding.UTF8);
        using (var file = File.OpenWrite(_folder.File("a" + part)))
            file.SetLength(length);
        using var delivery = Delivery.Open(Shp("a"));
        var fault = Assert.Throws<SourceException>(() => Reading.Measure(delivery, delivery.Layers[0])).Fault;

        Assert.Equal("SHP_TRUNCATED", fault.Code);
        Assert.Contains($"row {row};", fault.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dbf_of_another_count_is_refused()
    {
        WriteComponents("a", 5, Encoding.UTF8);
        WriteComponents("b", 6, Encoding.UTF8);
        File.Copy(_folder.File("b.dbf"), _folder.File("a.dbf"), overwrite: true);

        Assert.Equal("SHP_COUNTS_DIFFER", Assert.Throws<SourceException>(() => Delivery.Open(Shp("a"))).Fault.Code);
    }

    [Fact]
    public void A_shp_that_is_something_else_is_named_as_what_it_is()
    {
        WriteComponents("a", 1, Encoding.UTF8);
        File.WriteAllText(Shp("a"), "%PDF-1.7");

        Assert.Contains("a PDF", Assert.Throws<SourceException>(() => Delivery.Open(Shp("a"))).Fault.Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Companions_are_found_whatever_the_case_of_their_names()
    {
        WriteComponents("Road", 3, Encoding.UTF8, "UTF-8");
        File.Move(_folder.File("Road.dbf"), _folder.File("ROAD.DBF"));
        File.Move(_folder.File("Road.cpg"), _folder.File("road.CPG"));
        using var delivery = Delivery.Open(_folder.Path);

        Assert.Equal(3, Assert.Single(delivery.Layers).RowCount);
        Assert.Empty(delivery.Faults);
    }

    [Fact]
    public void Odd_numbers_keep_their_value_or_go_missing()
    {
        using (var writer = new ShapefileWriter(_folder.File("a")).Field("N", 'N', 12).Field("F", 'N', 14, 3).Field("Long", 'N', 20).Field("D", 'D', 8))
        {
            writer.Point(0, 0, "12.0", "1,5", "12345678901234567890", "20240230").Point(0, 0, "******", "-0.125", "7", "00000000").Point(0, 0, "-42", "1e3", null, "20240229");
        }
        using var delivery = Delivery.Open(Shp("a"));
        var chunks = Reading.All(delivery, delivery.Layers[0]);

        Assert.Equal(["12", null, "-42"], Reading.Texts(chunks, 0));
        Assert.Equal(["1.5", "-0.125", "1000"], Reading.Texts(chunks, 1));
        Assert.Equal(["12345678901234567890", "7", null], Reading.Texts(chunks, 2));
        Assert.Equal([null, null, "2024-02-29"], Reading.Texts(chunks, 3));
    }

    [Fact]
    public void Rows_are_numbered_on_over_chunks()
    {
        WriteComponents("a", FeatureChunk.MaxRows + 10, Encoding.UTF8);
        using var delivery = Delivery.Open(Shp("a"));
        var chunks = Reading.All(delivery, delivery.Layers[0]);

        Assert.Equal([(1L, FeatureChunk.MaxRows), (FeatureChunk.MaxRows + 1L, 10)], chunks.Select(c => (c.FirstRow, c.Count)));
    }
}
