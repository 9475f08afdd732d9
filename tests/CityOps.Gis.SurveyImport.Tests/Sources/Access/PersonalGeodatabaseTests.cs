using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sources.Access;

public sealed class PersonalGeodatabaseTests : IDisposable
{
    const string Hole = "POLYGON ((600000 2705000, 600000 2705100, 600100 2705100, 600100 2705000, 600000 2705000), (600010 2705010, 600020 2705010, 600020 2705020, 600010 2705020, 600010 2705010))";
    static readonly AccessColumn[] Name = [new("Name", AccessType.Text, 60)];
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    Delivery Open(PersonalGeodatabase geodatabase) => Delivery.Open(geodatabase.Save(_folder.File("普查.mdb")));

    static List<(Geometry? Shape, object?[] Values)> Named(params (string? Wkt, string? Name)[] rows)
        => [.. rows.Select(row => (row.Wkt is null ? null : new WKTReader().Read(row.Wkt), (object?[])[row.Name]))];

    [Fact]
    public void Feature_classes_come_with_their_Chinese_names_kinds_extents_and_reference_system()
    {
        using var delivery = Open(new PersonalGeodatabase()
            .Class("部件", Name, Named(("POINT (600000.5 2705000.25)", "路灯"))).Class("绿 地", Name, Named((Hole, "草坪"))).Class("Rails", Name, Named(("LINESTRING (0 0, 1 2)", null)))
            .Table("说明", [new("字段", AccessType.Text, 20)], ["一"]));

        Assert.Equal(
            [("Rails", GeometryKind.Line), ("绿 地", GeometryKind.Polygon), ("说明", (GeometryKind?)null), ("部件", GeometryKind.Point)], delivery.Layers.Select(layer => (layer.Name, layer.Geometry)));
        Assert.Equal((600000, 2705000, 600100, 2705100), delivery.Layers[1].Extent);
        Assert.Contains("CGCS2000_3_Degree_GK_CM_117E", delivery.Layers[3].DeclaredCrs);
        Assert.Empty(delivery.Faults);
    }

    [Fact]
    public void Every_row_comes_with_its_values_and_one_that_is_deleted_does_not()
    {
        AccessColumn[] fields =
        [
            new("ObjID", AccessType.Text, 18), new("名称", AccessType.Text, 60), new("ORDate", AccessType.DateTime), new("Height", AccessType.Double), new("Floor", AccessType.Integer),
            new("Good", AccessType.Boolean), new("Note_", AccessType.Memo),
        ];
        var essay = string.Concat(Enumerable.Repeat("备注很长，有“引号”\"、逗号,和\r\n换行。", 500));
        using var delivery = Open(new PersonalGeodatabase().Class("部件", fields,
            [
                (new Point(600000.123, 2705000.456), ["35020301037000001", "路灯", new DateTime(2024, 6, 1), 3.25, 7, true, essay]),
                (new Point(1, 1), ["gone", "已删除", null, null, null, false, null]),
                (null, [null, null, null, null, null, false, "短"]),
            ],
            deleted: 1));
        var layer = delivery.Layers[0];
        var rows = Reading.All(delivery, layer);

        Assert.Equal(("OBJECTID,ObjID,名称,ORDate,Height,Floor,Good,Note_", 2, 18), (string.Join(',', layer.Columns.Select(column => column.Name)), layer.RowCount, layer.Columns[1].Width));
        Assert.Equal(["POINT (600000.123 2705000.456)", null], Reading.Wkt(rows));
        Assert.Equal(["1", "3"], Reading.Texts(rows, 0));
        Assert.Equal(["35020301037000001", null], Reading.Texts(rows, 1));
        Assert.Equal(["路灯", null], Reading.Texts(rows, 2));
        Assert.Equal(["2024-06-01T00:00:00.0000000Z", null], Reading.Texts(rows, 3));
        Assert.Equal(["3.25", null], Reading.Texts(rows, 4));
        Assert.Equal(["7", null], Reading.Texts(rows, 5));
        Assert.Equal(["1", "0"], Reading.Texts(rows, 6));
        Assert.Equal([essay, "短"], Reading.Texts(rows, 7));
    }

    [Fact]
    public void Lines_of_many_pages_polygons_with_holes_and_points_with_heights_keep_their_shape()
    {
        var line = new LineString([.. Enumerable.Range(0, 2000).Select(i => new Coordinate(600000 + i, 2705000 + i % 7 / 8.0))]);
        using var delivery = Open(new PersonalGeodatabase()
            .Class("Borders", Name, [(line, ["护栏"]), (null, [null])]).Class("Greens", Name, Named((Hole, null))).Class("Tops", Name, [(new Point(new CoordinateZ(1, 2, 3)), [null])]));

        Assert.Equal([line.AsText(), null], Reading.Wkt(Reading.All(delivery, delivery.Layers[0])));
        Assert.Equal(Hole, Assert.Single(Reading.Wkt(Reading.All(delivery, delivery.Layers[1]))));
        Assert.Equal(("POINT (1 2)", true), (Assert.Single(Reading.Wkt(Reading.All(delivery, delivery.Layers[2]))), delivery.Layers[2].HasZ));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    public void A_database_that_is_cut_short_is_refused_or_breaks_off_at_a_row(double share)
    {
        var path = Many().Save(_folder.File("census.mdb"));
        using (var file = File.OpenWrite(path))
            file.SetLength((long)(file.Length * share));

        var fault = Assert.Throws<SourceException>(() =>
        {
            using var delivery = Delivery.Open(path);
            Reading.Measure(delivery, delivery.Layers[0]);
        }).Fault;

        Assert.Equal("census.mdb", fault.File);
        Assert.Contains(fault.Code, (string[])["MDB_UNREADABLE", "SOURCE_BROKEN"]);
        Assert.DoesNotContain(_folder.Path, fault.Message.En);
    }

    [Fact]
    public void An_Access_database_without_feature_classes_is_told_from_a_geodatabase()
    {
        var file = new AccessFile();
        file.Add("客户", Name, [["张三"]]);
        file.Save(_folder.File("crm.mdb"));

        var fault = Assert.Throws<SourceException>(() => Delivery.Open(_folder.File("crm.mdb"))).Fault;

        Assert.Equal("MDB_NO_GEODATABASE", fault.Code);
    }

    static PersonalGeodatabase Many()
        => new PersonalGeodatabase().Class("部件", Name, [.. Enumerable.Range(0, 3000).Select(i => ((Geometry?)new Point(600000 + i, 2705000), (object?[])["路灯" + i]))]);
}
