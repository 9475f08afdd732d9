using CityOps.Gis.Access;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Search;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Search;

public sealed class FeatureSearchTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>, IAsyncLifetime
{
    static bool _isFilled;

    public async ValueTask InitializeAsync()
    {
        if (database.ConnectionString == "" || _isFilled)
            return;
        _isFilled = true;
        await database.Run(SmallCity.Sql + """
            insert into gis.components (code, name, class_code, supervisor_code, supervisor_name, status, first_date, geom) values
                ('3502030101000001', '上水井盖', '0101', '1', '市城市管理局', '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.001, 24.401), 4490)),
                ('3502030101000002', '上水井盖', '0101', '1', '市城市管理局', '移除', '2020-01-01', ST_SetSRID(ST_MakePoint(118.002, 24.401), 4490)),
                ('3502060101000003', '污水井盖', '0102', '1', '市城市管理局', '完好', '2020-01-01', ST_SetSRID(ST_MakePoint(118.015, 24.401), 4490));
            insert into gis.cameras (camera_id, name, geom) values
                ('CAM-0012', '厦港街道沙坡尾路口球机', ST_SetSRID(ST_MakePoint(118.003, 24.401), 4490)),
                ('CAM-0013', '100% 新_测试', ST_SetSRID(ST_MakePoint(118.003, 24.402), 4490));
            insert into gis.cases (case_number, title, status, occurred_at, address, geom) values
                ('XM20261101-000123', '井盖破损', 'handle', '2026-11-01', '湖滨南路 12 号门前', ST_SetSRID(ST_MakePoint(118.004, 24.401), 4490));
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("3502030101000001", "components 3502030101000001 Code")]
    [InlineData("350206010100000", "components 3502060101000003 CodeBegins")]
    [InlineData("xm20261101-000123", "cases XM20261101-000123 Code")]
    [InlineData("XM2026", "cases XM20261101-000123 CodeBegins")]
    [InlineData("cam-0012", "cameras CAM-0012 Code")]
    [InlineData("350203001001003", "unit_grids 350203001001003 Code")]
    [InlineData("思明区", "districts 350203 Name")]
    [InlineData("思明", "districts 350203 NameBegins")]
    [InlineData("沙坡尾社", "communities 350203001001 NameBegins")]
    [InlineData("smq", "districts 350203 Pinyin")]
    [InlineData("xgjd", "subdistricts 350203001 Pinyin")]
    [InlineData("sgj", "subdistricts 350203001 PinyinBegins")]
    [InlineData("xiagang", "subdistricts 350203001 PinyinBegins")]
    [InlineData("Xiagang Subdistrict", "subdistricts 350203001 PinyinBegins")]
    [InlineData("Siming District", "districts 350203 PinyinBegins")]
    [InlineData("Si ming", "districts 350203 PinyinBegins")]
    [InlineData("szsszx", "departments 11 Pinyin")]
    [InlineData("市政设施", "departments 11 NameBegins")]
    [InlineData("设施", "departments 11 Contains")]
    [InlineData("路口", "cameras CAM-0012 Contains")]
    [InlineData("路口 厦港", "cameras CAM-0012 Contains")]
    [InlineData("100%", "cameras CAM-0013 NameBegins")]
    [InlineData("新_", "cameras CAM-0013 Contains")]
    [InlineData("湖滨", "cases XM20261101-000123 NameBegins")]
    [InlineData("１２号", "cases XM20261101-000123 Contains")]
    public async Task The_first_answer_is_what_was_meant(string text, string expected)
    {
        var best = (await Find(text))[0];
        Assert.Equal(expected, $"{best.LayerId} {best.Code} {best.Match}");
    }

    [Fact]
    public async Task The_spine_comes_first_where_two_fit_equally_well()
        => Assert.Equal(["subdistricts", "cameras"], (await Find("厦港")).Select(one => one.LayerId));

    [Fact]
    public async Task What_begins_with_the_text_comes_before_what_contains_it()
    {
        var layers = (await Find("沙坡尾")).Select(one => one.LayerId).ToList();
        Assert.InRange(layers.IndexOf("communities"), 0, layers.IndexOf("cameras") - 1);
    }

    [Fact]
    public async Task Names_of_components_are_left_to_questions() => Assert.DoesNotContain(await Find("上水井盖"), one => one.LayerId == "components");

    [Fact]
    public async Task Removed_features_are_not_found() => Assert.DoesNotContain(await Find("350203010100000"), one => one.Code == "3502030101000002");

    [Fact]
    public async Task Only_what_the_caller_may_see_is_found()
    {
        var (scope, other) = (new JurisdictionScope { Districts = ["350206"] }, new JurisdictionScope { Districts = ["350203"] });
        async Task<IEnumerable<string>> FoundBy(JurisdictionScope who, string text)
        {
            using (new Caller("1", "someone", Role.Viewer.Permissions, who).Enter())
                return (await Find("", new(text))).Select(one => one.Code);
        }
        Assert.Equal(["3502060101000003"], await FoundBy(scope, "3502060101000003"));
        Assert.Equal(["CAM-0012"], await FoundBy(other, "沙坡尾路口"));
        Assert.Empty(await FoundBy(scope, "沙坡尾路口"));
        Assert.Empty(await FoundBy(scope, "3502030101000001"));
    }

    [Fact]
    public async Task What_a_caller_sees_is_found_however_much_of_others_begins_or_reads_the_same()
    {
        await database.Run("""
            insert into gis.cameras (camera_id, name, geom)
            select 'MANY-' || n, '枋湖' || to_char(n, 'FM00') || '球机', ST_SetSRID(ST_MakePoint(case when n = 60 then 118.003 else 118.015 end, 24.401), 4490) from generate_series(1, 60) n
            """);
        using var _ = new Caller("1", "someone", Role.Viewer.Permissions, new JurisdictionScope { Districts = ["350203"] }).Enter();

        Assert.Equal(["MANY-60"], (await Find("枋湖")).Select(one => one.Code));
        Assert.Equal(["MANY-60"], (await Find("湖60")).Select(one => one.Code));
        Assert.Equal(["MANY-60"], (await Find("fh")).Select(one => one.Code));
    }

    [Fact]
    public async Task Only_the_layers_that_are_asked_for_are_looked_into()
        => Assert.Equal(["cameras"], (await Find("厦港", new("厦港", Layers: ["cameras", "cases"]))).Select(one => one.LayerId));

    [Fact]
    public async Task An_answer_has_its_place_its_box_and_its_jurisdiction()
    {
        var found = (await Find("沙坡尾社区"))[0];
        Assert.Equal((118.00, 24.40, 118.01, 24.41), found.Box);
        Assert.True(found.Point is { Longitude: > 118.00 and < 118.01, Latitude: > 24.40 and < 24.41 });
        Assert.Equal(["思明区 › 厦港街道 › 沙坡尾社区"], await new JurisdictionChains(database.Source).Of([found.Jurisdiction]));
    }

    [Fact]
    public async Task A_name_that_is_written_changed_or_deleted_is_found_so_at_once()
    {
        var (store, layer) = (new FeatureStore(database.Source), PostGisDatabase.Catalog.Find("devices")!);
        var device = await store.Insert(layer, new Point(118.001, 24.401), new Dictionary<string, object?> { ["device_id"] = "D-1", ["name"] = "筼筜湖液位计", ["kind"] = "level" });
        Assert.Equal(device.Fid, (await Find("ydh")).Single().Fid);
        await store.Update(layer, device.Fid, null, new Dictionary<string, object?> { ["name"] = "五缘湾液位计" });
        Assert.Empty(await Find("筼筜湖"));
        Assert.Equal(device.Fid, (await Find("五缘湾")).Single().Fid);
        await store.Delete(layer, device.Fid);
        Assert.Empty(await Find("五缘湾"));
    }

    [Fact]
    public async Task Texts_of_a_layer_with_thousands_of_names_are_collected_and_found()
    {
        await database.Run("""
            set session_replication_role = replica;
            insert into gis.roads (code, name, geom) select 'R' || n, '测试' || n || '路', ST_SetSRID(ST_MakeLine(ST_MakePoint(118, 24.4), ST_MakePoint(118.01, 24.4)), 4490) from generate_series(1, 3000) n;
            set session_replication_role = origin;
            select cityops.collect_search_texts('roads', 'name', true)
            """);
        Assert.Equal("R2468", (await Find("测试2468路")).Single().Code);
        Assert.Equal("R2468", (await Find("2468路")).Single().Code);
        Assert.Equal("R2468", (await Find("cs2468l")).Single().Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("没有这样的东西")]
    [InlineData("' or 1=1 --")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'")]
    public async Task What_is_nowhere_is_not_found(string text) => Assert.Empty(await Find(text));

    [Fact]
    public async Task Places_are_found_by_coordinate_with_the_grid_they_lie_in()
    {
        var search = new PlaceSearch(database.Source);
        var place = await search.Find("24.401N 118.001E", CityOps.Gis.Crs.MapOffset.None);
        Assert.Equal((118.001, 24.401, "350203001001003"), (place!.Value.Longitude, place.Value.Latitude, place.Value.Jurisdiction.Grid));
        var metres = await search.Find("601538.8606, 2700070.3201", CityOps.Gis.Crs.MapOffset.None);
        Assert.Equal("350203001001003", metres!.Value.Jurisdiction.Grid);
        var shifted = await search.Find("118.001, 24.401", CityOps.Gis.Crs.MapOffset.Gcj02);
        Assert.InRange(Math.Abs(shifted!.Value.Longitude - 118.001), 0.003, 0.007);
        Assert.Null(await search.Find("350203001001003", CityOps.Gis.Crs.MapOffset.None));
    }

    Task<IReadOnlyList<SearchAnswer>> Find(string text, SearchQuestion? question = null)
        => new FeatureSearch(database.Source, PostGisDatabase.Catalog).Find(question ?? new(text), TestContext.Current.CancellationToken);
}
