using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Layers;

public sealed class LayerCatalogTests : IDisposable
{
    const string Sound = """
        {
          "$schema": "./layer.schema.json", "id": "benches", "title": { "zh": "长椅", "en": "Benches" }, "geometry": "point", "key": "code", "name": "name",
          "class": { "codeList": "kinds", "kinds": ["component"] },
          "fields": [
            { "name": "code", "title": { "zh": "编号", "en": "Code" }, "width": 20, "required": true, "aliases": ["BenchNo"] },
            { "name": "name", "title": { "zh": "名称", "en": "Name" }, "codeList": "kinds", "checks": ["class-code"] },
            { "name": "occurred_at", "title": { "zh": "时间", "en": "Time" }, "type": "dateTime" }
          ],
          "style": { "color": "#336699", "colorByMajor": { "01": "#112233" } }, "zooms": { "min": 5, "max": 18 }
        }
        """;

    const string Header = "table,kind,code,major,major_zh,major_en,name_zh,name_en,geometry,accuracy_m,successor,confidence,source\n";
    const string List = Header
        + "cjt214-2007,component,0101,01,公用设施,Utilities,上水井盖,Water cover,point,0.5,01001,verified,x\n"
        + "gbt47678.5-2026,component,0101,01,市政,Municipal,\"另一件, 同码\",Another thing,line,,,verified,x\n"
        + "gbt47678.5-2026,event,0101,01,市政,Municipal,井盖破损,Broken cover,,,,verified,x\n";

    readonly TempFolder _folder = new();

    public LayerCatalogTests()
    {
        Directory.CreateDirectory(_folder.File("codelists"));
        Write("codelists/kinds.csv", List);
    }

    public void Dispose() => _folder.Dispose();

    void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);

    IReadOnlyList<LayerFault> Refused(string json)
    {
        Write("benches.json", json);
        return Assert.Throws<LayerDefinitionException>(() => LayerCatalog.Load(_folder.Path)).Faults;
    }

    [Fact]
    public void A_sound_definition_is_read()
    {
        Write("benches.json", Sound);
        var layer = Assert.Single(LayerCatalog.Load(_folder.Path).Layers);

        Assert.Equal(("benches", GeometryKind.Point, "长椅", 20, 18), (layer.Id, layer.Geometry, layer.Title.Zh, layer.Find("code")!.Width, layer.Zooms.Max));
    }

    [Fact]
    public void The_products_own_definitions_are_sound()
        => Assert.Contains(LayerCatalog.Load(Repository.PathOf("src/layers")).Layers, layer => layer.Id == "components");

    [Theory]
    [InlineData("\"id\": \"benches\"", "\"id\": \"Benches 2\"", "$.id")]
    [InlineData("\"id\": \"benches\",", "", "$.id")]
    [InlineData("\"id\": \"benches\"", "\"id\": null", "$.id")]
    [InlineData("\"id\": \"benches\"", "\"id\": 7", "$.id")]
    [InlineData("\"key\": \"code\"", "\"key\": \"number\"", "$.key")]
    [InlineData("\"name\": \"name\",\n", "\"name\": \"title\",\n", "$.name")]
    [InlineData("\"key\":", "\"departmentField\": \"owner\", \"key\":", "$.departmentField")]
    [InlineData("\"geometry\": \"point\"", "\"geometry\": \"dot\"", "$.geometry")]
    [InlineData("\"geometry\":", "\"colour\": \"red\", \"geometry\":", "$.colour")]
    [InlineData("\"en\": \"Benches\"", "\"de\": \"Bänke\"", "$.title.de", "$.title.en")]
    [InlineData("\"codeList\": \"kinds\", \"kinds\"", "\"codeList\": \"sorts\", \"kinds\"", "$.class.codeList")]
    [InlineData("\"kinds\": [\"component\"]", "\"kinds\": \"component\"", "$.class.kinds")]
    [InlineData("\"width\": 20", "\"width\": 0", "$.fields[0].width")]
    [InlineData("\"width\": 20", "\"width\": 2.5", "$.fields[0].width")]
    [InlineData("\"width\": 20", "\"width\": \"20\"", "$.fields[0].width")]
    [InlineData("\"required\": true", "\"required\": \"yes\"", "$.fields[0].required")]
    [InlineData("{ \"name\": \"name\",", "{ \"name\": \"Name\",", "$.name", "$.fields[1].name")]
    [InlineData("{ \"name\": \"name\",", "{ \"name\": \"geom\",", "$.name", "$.fields[1].name")]
    [InlineData("{ \"name\": \"name\",", "{ \"name\": \"code\",", "$.name", "$.fields[1].name")]
    [InlineData("\"codeList\": \"kinds\", \"checks\"", "\"codeList\": \"sorts\", \"checks\"", "$.fields[1].codeList")]
    [InlineData("\"class-code\"", "\"class-kode\"", "$.fields[1].checks")]
    [InlineData("\"checks\"", "\"aliases\": [\"BENCHNO\"], \"checks\"", "$.fields[1].aliases")]
    [InlineData("\"type\": \"dateTime\"", "\"type\": \"date\"", "$.fields[2].type")]
    [InlineData("\"type\": \"dateTime\"", "\"type\": \"instant\"", "$.fields[2].type")]
    [InlineData("\"type\": \"dateTime\"", "\"type\": \"dateTime\", \"width\": 8", "$.fields[2].width")]
    [InlineData("\"#336699\"", "\"blue\"", "$.style.color")]
    [InlineData("\"#112233\"", "\"#123\"", "$.style.colorByMajor['01']")]
    [InlineData("\"#112233\"", "1", "$.style.colorByMajor['01']")]
    [InlineData("\"max\": 18", "\"max\": 99", "$.zooms")]
    [InlineData("\"min\": 5", "\"min\": 19", "$.zooms")]
    [InlineData("\"min\": 5", "\"Min\": 5", "$.zooms.Min")]
    [InlineData("\"title\": { \"zh\": \"长椅\"", "\"id\": \"again\", \"title\": { \"zh\": \"长椅\"", "$")]
    [InlineData("\"zooms\": {", "\"zooms\": ", "$")]
    public void Each_fault_is_named_by_its_json_path(string sound, string faulty, params string[] paths)
    {
        var json = Sound.ReplaceLineEndings("\n");
        var at = json.IndexOf(sound, StringComparison.Ordinal);
        var faults = Refused(json[..at] + faulty + json[(at + sound.Length)..]);

        Assert.Equal(paths.Order(), faults.Select(fault => fault.JsonPath).Order());
        Assert.All(faults, IsSentence);
        Assert.All(faults, fault => Assert.EndsWith("benches.json", fault.File, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("null")]
    public void A_file_that_is_no_object_is_refused(string text) => IsSentence(Assert.Single(Refused(text)));

    [Fact]
    public void Every_fault_of_every_file_is_named_at_once()
    {
        Write("other.json", Sound.Replace("benches", "OTHER", StringComparison.Ordinal));

        Assert.Equal(["$.id", "$.style.color"], Refused(Sound.Replace("#336699", "blue", StringComparison.Ordinal)).Select(fault => fault.JsonPath).Order());
    }

    [Fact]
    public void Two_files_may_not_define_one_layer()
    {
        Write("copy.json", Sound);
        var fault = Assert.Single(Refused(Sound));

        Assert.Equal("$.id", fault.JsonPath);
        Assert.Contains("copy.json", fault.Message.En + fault.File, StringComparison.Ordinal);
        IsSentence(fault);
    }

    [Fact]
    public void A_code_means_what_its_table_and_kind_say()
    {
        Write("benches.json", Sound);
        var list = LayerCatalog.Load(_folder.Path).Lists.Find("kinds")!;

        Assert.Equal("上水井盖", list.Find("cjt214-2007", "component", "0101")?.Name.Zh);
        Assert.Equal("另一件, 同码", list.Find("gbt47678.5-2026", "component", "0101")?.Name.Zh);
        Assert.Equal("井盖破损", list.Find("gbt47678.5-2026", "event", "0101")?.Name.Zh);
        Assert.Null(list.Find("cjt214-2007", "event", "0101"));
        Assert.Equal(["cjt214-2007", "gbt47678.5-2026"], list.Tables);
    }

    [Fact]
    public void An_entry_has_its_major_class_geometry_accuracy_and_successor()
    {
        Write("benches.json", Sound);
        var lists = LayerCatalog.Load(_folder.Path).Lists;

        Assert.Equal(
            new CodeEntry("cjt214-2007", "component", "0101", new("上水井盖", "Water cover"), "01", new("公用设施", "Utilities"), GeometryKind.Point, 0.5, "01001"),
            new LayerClass("kinds", ["event", "component"]).Find(lists, "cjt214-2007", "0101"));
    }

    [Theory]
    [InlineData("code,name\n", "row 1")]
    [InlineData("", "row 1")]
    [InlineData(Header + "a,b,c\n", "row 2")]
    [InlineData(Header + "t,k,1,,,,甲,A,,,,,\nt,k,1,,,,乙,B,,,,,\n", "row 3")]
    [InlineData(Header + "t,k,1,,,,甲,A,dot,,,,\n", "row 2")]
    [InlineData(Header + "t,k,1,,,,甲,A,,near,,,\n", "row 2")]
    public void A_faulty_code_list_is_named_by_its_row(string text, string place)
    {
        Write("codelists/other.csv", text);
        var fault = Assert.Single(Refused(Sound));

        Assert.Equal(place, fault.JsonPath);
        Assert.EndsWith("other.csv", fault.File, StringComparison.Ordinal);
        IsSentence(fault);
    }

    [Fact]
    public void A_later_folder_adds_layers_and_replaces_code_lists()
    {
        using var own = new TempFolder();
        Directory.CreateDirectory(own.File("codelists"));
        File.WriteAllText(own.File("codelists/kinds.csv"), Header + "local,component,9001,,,,石凳,Stone bench,,,,,\n");
        File.WriteAllText(own.File("stones.json"), Sound.Replace("benches", "stones", StringComparison.Ordinal));
        Write("benches.json", Sound);
        var catalog = LayerCatalog.Load(_folder.Path, own.Path, own.File("missing"));

        Assert.Equal(["benches", "stones"], catalog.Layers.Select(layer => layer.Id).Order());
        Assert.Equal(["local"], catalog.Lists.Find("kinds")!.Tables);
    }

    static void IsSentence(LayerFault fault)
    {
        Assert.Contains(fault.Message.Zh, c => c is >= '\u4e00' and <= '\u9fff');
        Assert.EndsWith(".", fault.Message.En, StringComparison.Ordinal);
    }
}
