using CityOps.Gis.Crs;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.SurveyImport.Sources;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Reporting;

public sealed class QuarantineFileTests
{
    [Theory]
    [InlineData(".geojson")]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public void Refused_rows_are_read_again_with_equal_values(string extension)
    {
        using var folder = new TempFolder();
        using var delivery = Written(folder, SampleReport.Make(), extension);
        var layer = Assert.Single(delivery.Layers);
        var chunks = Reading.All(delivery, layer);

        Assert.Equal(["35020301", "3502030101", "35020301010000012"], Values(layer, chunks, "ObjID"));
        Assert.Equal([SampleReport.Nasty, "逗号,引号\"与\n换行", null], Values(layer, chunks, "ObjName"));
        Assert.Equal(["2026-11-30", "2026-11-30", "2026-11-30"], Values(layer, chunks, "ORDate"));
        Assert.Equal(["350203001001001", "350203001001001", "350203001001001"], Values(layer, chunks, "BGID"));
        Assert.Equal(["CodeLength(ObjID)", "CodeLength(ObjID)", "NotADate(ORDate); ValueNotInList(ObjState)"], Values(layer, chunks, "refused_for"));
        Assert.Equal(["POINT (118.0912345678 24.4456789012)", "POINT (118.0998 24.4501)", null], Reading.Wkt(chunks));
    }

    [Theory]
    [InlineData(".geojson")]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public void A_day_that_does_not_exist_stays_as_delivered(string extension)
    {
        using var folder = new TempFolder();
        using var delivery = Written(folder, Report(("路灯", 3, """{"ORDate":"2026-02-30"}""", SampleReport.Point(118.1, 24.5))), extension);

        Assert.Equal(["2026-02-30"], Values(delivery.Layers[0], Reading.All(delivery, delivery.Layers[0]), "ORDate"));
    }

    [Theory]
    [InlineData(".geojson")]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public void Fields_are_recognised_again_and_the_reason_is_left_aside(string extension)
    {
        using var folder = new TempFolder();
        using var delivery = Written(folder, SampleReport.Make(), extension);
        var mapping = FieldMapper.Map(delivery.Layers[0], SampleReport.Layer, new());

        Assert.Equal("ObjID", mapping.DeliveredName(mapping.Of("code")!));
        Assert.Contains("refused_for", mapping.Unmapped);
    }

    [Fact]
    public void The_GeoJSON_says_that_it_is_CGCS2000()
    {
        using var folder = new TempFolder();
        using var delivery = Written(folder, SampleReport.Make(), ".geojson");

        Assert.Equal(4490, CrsCatalog.Parse(delivery.Layers[0].DeclaredCrs!).Crs!.Epsg);
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public void Delivered_plane_coordinates_do_not_hide_the_position(string extension)
    {
        using var folder = new TempFolder();
        var report = Report(("路灯", 1, """{"ObjID":"1","PointX":"610000.5","PointY":"2708000.5"}""", SampleReport.Point(118.1, 24.5)));
        using var delivery = Written(folder, report, extension);

        Assert.Equal(["POINT (118.1 24.5)"], Reading.Wkt(Reading.All(delivery, delivery.Layers[0])));
    }

    [Theory]
    [InlineData(".geojson")]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public void Lines_and_polygons_with_holes_come_back(string extension)
    {
        using var folder = new TempFolder();
        var report = Report(
            ("护栏", 1, """{"ObjID":"1"}""", """{"type":"LineString","coordinates":[[118.1,24.5],[118.2,24.6]]}"""),
            ("护栏", 2, """{"ObjID":"2"}""", """{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]],[[2,1],[3,1],[3,2],[2,1]]]]}"""));
        using var delivery = Written(folder, report, extension);

        Assert.Equal(["LINESTRING (118.1 24.5, 118.2 24.6)", "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1)))"], Reading.Wkt(Reading.All(delivery, delivery.Layers[0])));
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public void Lines_beside_coordinate_columns_go_to_a_GeoJSON_beside_the_table(string extension)
    {
        using var folder = new TempFolder();
        var report = Report(
            ("护栏", 1, """{"ObjID":"1","PointX":"610000.5","PointY":"2708000.5"}""", """{"type":"LineString","coordinates":[[118.1,24.5],[118.2,24.6]]}"""),
            ("路灯", 1, """{"ObjID":"2","PointX":"610000.5","PointY":"2708000.5"}""", SampleReport.Point(118.1, 24.5)));

        var files = QuarantineFile.Write(report, folder.File("mend" + extension));

        Assert.Equal(["mend" + extension, "mend.geojson"], files.Select(Path.GetFileName));
        using var delivery = Delivery.Open(folder.Path);
        Assert.Equal(["LINESTRING (118.1 24.5, 118.2 24.6)", "POINT (118.1 24.5)"], delivery.Layers.Select(layer => Reading.Wkt(Reading.All(delivery, layer))[0]).Order());
    }

    [Fact]
    public void Rows_of_other_columns_go_to_a_file_of_their_own()
    {
        using var folder = new TempFolder();
        var report = Report(("路灯", 1, """{"ObjID":"1"}""", SampleReport.Point(118.1, 24.5)), ("井盖", 1, """{"标识码":"2"}""", SampleReport.Point(118.2, 24.5)));
        var files = QuarantineFile.Write(report, folder.File("mend.geojson"));

        Assert.Equal(["mend.geojson", "mend-2.geojson"], files.Select(Path.GetFileName));
        using var delivery = Delivery.Open(folder.Path);
        Assert.Equal(["2", "1"], delivery.Layers.Select(layer => Reading.Texts(Reading.All(delivery, layer), 0)[0]));
    }

    [Fact]
    public void A_row_refused_twice_has_its_latest_reason_alone()
    {
        using var folder = new TempFolder();
        var report = Report(("路灯", 3, """{"ObjID":"1","refused_for":"CodeMissing"}""", SampleReport.Point(118.1, 24.5)));
        using var delivery = Written(folder, report, ".geojson");

        Assert.Equal(["NotADate(ORDate); ValueNotInList(ObjState)"], Values(delivery.Layers[0], Reading.All(delivery, delivery.Layers[0]), "refused_for"));
    }

    static ImportReport Report(params (string, long, string, string?)[] rows)
        => SampleReport.Make() with { Quarantine = WaitingRows.Of([.. rows.Select(row => new WaitingRows.Row(row.Item1, row.Item2, row.Item3, row.Item4))]) };

    static Delivery Written(TempFolder folder, ImportReport report, string extension)
    {
        QuarantineFile.Write(report, folder.File("mend" + extension));
        return Delivery.Open(folder.File("mend" + extension));
    }

    static string?[] Values(SourceLayer layer, List<FeatureChunk> chunks, string column) => Reading.Texts(chunks, layer.Columns.Select(one => one.Name).ToList().IndexOf(column));
}
