using System.Text;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiling;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>One JSON file, and there is a table, an import mapping and tiles; a file with a fault is refused with the place of the fault.</summary>
public sealed class OwnLayerTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    const string Benches = """
        {
          "id": "benches", "title": { "zh": "长椅", "en": "Benches" }, "geometry": "point", "key": "number", "name": "name", "removedStatus": "移除",
          "fields": [
            { "name": "number", "title": { "zh": "编号", "en": "Number" }, "required": true, "inTile": true, "aliases": ["BenchNo"] },
            { "name": "name", "title": { "zh": "名称", "en": "Name" }, "width": 20, "inTile": true, "aliases": ["BenchName"] },
            { "name": "seats", "title": { "zh": "座位数", "en": "Seats" }, "type": "integer", "inTile": true },
            { "name": "has_back", "title": { "zh": "有靠背", "en": "Has a back" }, "type": "boolean", "inTile": true },
            { "name": "placed_on", "title": { "zh": "安装日期", "en": "Placed on" }, "type": "date", "inTile": true },
            { "name": "donors", "title": { "zh": "捐赠人", "en": "Donors" }, "type": "list", "inTile": true },
            { "name": "height", "title": { "zh": "高度", "en": "Height" }, "type": "real" },
            { "name": "status", "title": { "zh": "状态", "en": "State" }, "inTile": true }
          ],
          "style": { "color": "#aa5500", "order": 70 }, "zooms": { "min": 5, "max": 18 }
        }
        """;

    const string Csv = "BENCHNO,Bench_Name,座位数,有靠背,安装日期,donors,HEIGHT,状态,经度,纬度\nB-1,湖边长椅,3,是,2020年8月10日,王芳；李强,0.45,完好,118.0012,24.4012\nB-2,山顶长椅,2,否,20210501,,0.5,完好,118.0112,24.4012\n";

    [Fact]
    public async Task One_JSON_file_makes_a_table_an_import_mapping_and_tiles()
    {
        using var folder = new TempFolder();
        var catalog = OwnLayer.Catalog(folder, "benches.json", Benches);
        var importer = await OwnLayer.Importer(database, catalog);
        await database.Run(SmallCity.Sql);
        File.WriteAllText(folder.File("benches.csv"), Csv);

        var result = await importer.Import(folder.File("benches.csv"), new() { LayerId = "benches", CodeRule = CodeRule.Local }, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(ImportOutcome.Published, result.Outcome);
        Assert.Empty(Assert.Single(result.Layers).Mapping.Unmapped.Except(["经度", "纬度"]));
        Assert.Equal(
            ["B-1|湖边长椅|3|True|2020-08-10|王芳+李强|0.45|完好|350203001001003|350203", "B-2|山顶长椅|2|False|2021-05-01||0.5|完好|350206001001003|350206"],
            await database.Rows("select number, name, seats, has_back, placed_on::text, array_to_string(donors, '+'), height, status, grid_code, district_code from gis.benches order by number"));
        var tile = Encoding.UTF8.GetString(await Tile(catalog, 118.0012, 24.4012));
        Assert.All(["number", "B-1", "湖边长椅", "seats", "has_back", "placed_on", "2020-08-10", "王芳;李强"], text => Assert.Contains(text, tile, StringComparison.Ordinal));
        Assert.DoesNotContain("B-2", tile, StringComparison.Ordinal);
        Assert.DoesNotContain("height", tile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_is_new_in_the_definition_becomes_a_column_and_the_rows_stay()
    {
        using var folder = new TempFolder();
        const string json = """
            { "id": "kiosks", "title": { "zh": "亭", "en": "Kiosks" }, "geometry": "none", "key": "number", "fields": [
              { "name": "number", "title": { "zh": "编号", "en": "Number" } }{0} ] }
            """;
        var importer = await OwnLayer.Importer(database, OwnLayer.Catalog(folder, "kiosks.json", json.Replace("{0}", "", StringComparison.Ordinal)));
        File.WriteAllText(folder.File("kiosks.csv"), "编号,面积\nK1,12.5\n");
        await importer.Import(folder.File("kiosks.csv"), new() { LayerId = "kiosks" }, cancel: TestContext.Current.CancellationToken);

        importer = await OwnLayer.Importer(database, OwnLayer.Catalog(folder, "kiosks.json",
            json.Replace("{0}", """, { "name": "area", "title": { "zh": "面积", "en": "Area" }, "type": "real" }""", StringComparison.Ordinal)));
        var again = await importer.Import(folder.File("kiosks.csv"), new() { LayerId = "kiosks" }, cancel: TestContext.Current.CancellationToken);

        Assert.Equal(1, again.Batch!.Counts.Changed);
        Assert.Equal(["K1|12.5"], await database.Rows("select number, area from gis.kiosks"));
    }

    [Theory]
    [InlineData("\"geometry\": \"point\"", "\"geometry\": \"blob\"", "$.geometry")]
    [InlineData("\"key\": \"number\"", "\"key\": \"nothing\"", "$.key")]
    [InlineData("\"key\": \"number\"", "\"key\": \"seats\"", "$.key")]
    [InlineData("\"id\": \"benches\"", "\"id\": \"Park Benches\"", "$.id")]
    [InlineData("\"id\": \"benches\"", "\"id\": \"components\"", "$.id")]
    [InlineData("\"name\": \"seats\"", "\"name\": \"geom\"", "$.fields[2].name")]
    [InlineData("\"name\": \"seats\"", "\"name\": \"name\"", "$.fields[2].name")]
    [InlineData("\"type\": \"real\"", "\"type\": \"reel\"", "$.fields[6].type")]
    [InlineData("\"type\": \"real\"", "\"codeList\": \"no-such-list\"", "$.fields[6].codeList")]
    [InlineData("\"type\": \"real\"", "\"checks\": [\"no-such-check\"]", "$.fields[6].checks")]
    [InlineData("\"type\": \"real\"", "\"aliases\": [\"benchno\"]", "$.fields[6].aliases")]
    [InlineData("\"type\": \"real\"", "\"wdith\": 3", "$.fields[6].wdith")]
    [InlineData("\"type\": \"real\"", "\"type\": \"real\", \"width\": 3", "$.fields[6].width")]
    [InlineData("\"name\": \"status\"", "\"type\": \"integer\", \"name\": \"status\"", "$.fields[7].type")]
    [InlineData("#aa5500", "brown", "$.style.color")]
    [InlineData("\"min\": 5", "\"min\": 19", "$.zooms")]
    [InlineData("\"number\", \"title\": { \"zh\": \"编号\", \"en\": \"Number\" }", "\"number\"", "$.fields[0].title")]
    [InlineData("\"style\":", "style:", "$")]
    public void A_definition_with_a_fault_is_refused_with_its_place_and_a_sentence(string sound, string faulty, string path)
    {
        Assert.Contains(sound, Benches, StringComparison.Ordinal);
        using var folder = new TempFolder();

        var refused = Assert.Throws<LayerDefinitionException>(() => OwnLayer.Catalog(folder, "benches.json", Benches.Replace(sound, faulty, StringComparison.Ordinal)));

        var fault = Assert.Single(refused.Faults);
        Assert.Equal("benches.json", Path.GetFileName(fault.File));
        Assert.Equal(path, fault.JsonPath);
        Assert.NotEmpty(fault.Message.Zh);
        Assert.NotEmpty(fault.Message.En);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("7")]
    public void A_file_that_is_no_definition_is_refused(string text)
    {
        using var folder = new TempFolder();

        Assert.NotEmpty(Assert.Throws<LayerDefinitionException>(() => OwnLayer.Catalog(folder, "benches.json", text)).Faults);
    }

    async Task<byte[]> Tile(LayerCatalog catalog, double longitude, double latitude)
        => await new TileQuery(database.Source).Tile(catalog.Find("benches")!, new FeatureQuery("benches"),
            new(16, (int)(WebMercator.U(longitude) * (1 << 16)), (int)(WebMercator.V(latitude) * (1 << 16))), TestContext.Current.CancellationToken);
}
