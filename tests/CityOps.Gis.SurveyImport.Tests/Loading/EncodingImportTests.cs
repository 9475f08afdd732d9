using System.Text;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>Names arrive in the layer as they are written, whatever bytes the file holds them in; what was garbled before is not stored.</summary>
public sealed class EncodingImportTests(PostGisDatabase database) : SmallCityTests(database)
{
    static readonly string[] Simplified = ["环岛东路路灯1号", "厦禾路污水井盖", "中山公园行道树（樟树）", "鹭江道垃圾箱", "演武小学门前信号灯", "曾厝垵渔桥栏杆"];
    static readonly string[] Traditional = ["環島東路路燈1號", "廈禾路污水井蓋", "中山公園行道樹", "鷺江道垃圾箱", "演武小學門前號誌燈", "曾厝垵漁橋欄杆"];


    static EncodingImportTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("GBK", "GBK", 0)]
    [InlineData("GBK", "936", 0)]
    [InlineData("GBK", null, 0x4D)]
    [InlineData("GBK", null, 0)]
    [InlineData("GB18030", "GB18030", 0)]
    [InlineData("UTF-8", "UTF-8", 0)]
    [InlineData("UTF-8", null, 0)]
    [InlineData("UTF-8", null, 0x4D)]
    [InlineData("UTF-8", "GBK", 0)]
    [InlineData("Big5", "Big5", 0)]
    [InlineData("Big5", "950", 0)]
    [InlineData("Big5", null, 0x78)]
    public async Task Names_arrive_as_they_are_written(string encoding, string? cpg, byte languageId)
    {
        var isTraditional = encoding == "Big5";
        var names = isTraditional ? Traditional : Simplified;
        var lamps = SmallSurvey.Lamps(60).Select((lamp, index) => lamp with { Name = names[index % names.Length], Department = isTraditional ? "市政設施中心" : "市政设施中心" });

        await Database.Publish(SmallSurvey.Write(Folder.File("路灯"), lamps, Encoding.GetEncoding(encoding), cpg, languageId: languageId));

        Assert.Equal(names.Order(StringComparer.Ordinal), (await Database.Rows("select distinct name from gis.components")).Order(StringComparer.Ordinal));
        Assert.Equal([isTraditional ? "市政設施中心" : "市政设施中心"], await Database.Rows("select distinct supervisor_name from gis.components"));
        Assert.Equal(["完好"], await Database.Rows("select distinct status from gis.components"));
        Assert.Equal(60, await Database.Value<long>("select count(*) from gis.components"));
    }

    [Fact]
    public async Task An_encoding_that_is_named_overrules_what_the_file_says()
    {
        var lamps = SmallSurvey.Lamps(6).Select((lamp, index) => lamp with { Name = Traditional[index], Department = "市政設施中心" });

        await Database.Publish(SmallSurvey.Write(Folder.File("lamps"), lamps, Encoding.GetEncoding("Big5"), "GBK"), new() { LayerId = "components", Encoding = "Big5" });

        Assert.Equal(Traditional.Order(StringComparer.Ordinal), (await Database.Rows("select name from gis.components")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_name_that_was_garbled_before_it_was_delivered_is_refused_and_what_it_probably_was_is_named()
    {
        var lamps = SmallSurvey.Lamps(10);
        lamps = [.. lamps.Select((lamp, index) => lamp with { Name = Simplified[index % 6] })];
        lamps[3] = lamps[3] with { Name = Encoding.GetEncoding("GBK").GetString(Encoding.UTF8.GetBytes("门牌标识牌匾")) };

        var batch = await Database.Publish(SmallSurvey.Write(Folder.File("lamps"), lamps));

        Assert.Equal((9, 1), (batch.Counts.Accepted, batch.Counts.Refused));
        Assert.Equal(["4|Mojibake|ObjName|门牌标识牌匾"], await Database.Rows($"select row_number, code, field, expected from cityops.batch_issue where batch_id = {batch.Id} and severity = 'error'"));
        Assert.Equal(0, await Database.Value<long>($"select count(*) from gis.components where name = '{lamps[3].Name}'"));
    }

    [Fact]
    public async Task A_file_and_fields_with_Chinese_names_in_a_zip_come_in()
    {
        using (var file = new ShapefileWriter(Path.Combine(Folder.Path, "普查", "路灯"), 1) { Prj = SmallSurvey.Cgcs2000, LanguageId = 0x4D })
            file.Field("标识码", 'C', 18).Field("部件名称", 'C', 60).Field("主管部门代", 'C', 18).Field("主管部门名", 'C', 60).Field("部件状态", 'C', 10).Field("初始日期", 'D', 8)
                .Point(118.001, 24.401, "35020301037000001", "环岛东路路灯1号", "11", "市政设施中心", "完好", new DateOnly(2024, 5, 1));
        System.IO.Compression.ZipFile.CreateFromDirectory(Path.Combine(Folder.Path, "普查"), Folder.File("普查.zip"), System.IO.Compression.CompressionLevel.Fastest, false, Encoding.GetEncoding("GBK"));

        var result = await Database.Import(Folder.File("普查.zip"));

        Assert.Equal("路灯", Assert.Single(result.Layers).Source.Name);
        Assert.Equal(["35020301037000001|环岛东路路灯1号|11|市政设施中心|2024-05-01"], await Database.Rows("select code, name, supervisor_code, supervisor_name, first_date::text from gis.components"));
    }
}
