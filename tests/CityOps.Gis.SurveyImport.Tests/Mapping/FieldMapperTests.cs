using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Mapping;

public sealed class FieldMapperTests
{
    [Theory]
    [InlineData("ObjID", "code")] // CJ/T 214
    [InlineData("OBJID", "code")]
    [InlineData("objid", "code")]
    [InlineData("Obj_ID", "code")]
    [InlineData(" ObjID ", "code")]
    [InlineData("ＯｂｊＩＤ", "code")]
    [InlineData("OBJCODE", "code")]
    [InlineData("BJID", "code")]
    [InlineData("Note_", "remark")]
    [InlineData("NOTE", "remark")]
    [InlineData("GLBJBSM", "code")] // GB/T 47678.5-2026
    [InlineData("GLBJMC", "name")]
    [InlineData("ZGBMDM", "supervisor_code")]
    [InlineData("ZGBMMC", "supervisor_name")]
    [InlineData("SZDYWGBSM", "delivered_grid")]
    [InlineData("GLBJZT", "status")]
    [InlineData("CSRQ", "first_date")]
    [InlineData("BGRQ", "change_date")]
    [InlineData("SJLY", "data_source")]
    [InlineData("BZ", "remark")]
    [InlineData("标识码", "code")]
    [InlineData("部件名称", "name")]
    [InlineData("主管部门代码", "supervisor_code")]
    [InlineData("所在单元网格", "delivered_grid")]
    [InlineData("X坐标", "delivered_x")]
    [InlineData("初始日期", "first_date")]
    [InlineData("备注：", "remark")]
    public void A_name_of_any_generation_is_known(string delivered, string field)
        => Assert.Equal((field, MappedBy.Name), Of(delivered));

    [Theory]
    [InlineData("管理部件标", "code")] // 管理部件标识码, ten bytes of GBK
    [InlineData("所在单元网", "delivered_grid")]
    [InlineData("主管部门代", "supervisor_code")]
    [InlineData("主管部门名", "supervisor_name")]
    [InlineData("所在街", "delivered_subdistrict")] // nine bytes of UTF-8
    [InlineData("所在社\uFFFD", "delivered_community")]
    [InlineData("Identifica", "code")]
    [InlineData("Data sourc", "data_source")]
    public void A_name_cut_to_the_ten_bytes_of_a_DBF_is_known(string delivered, string field)
        => Assert.Equal((field, MappedBy.CutName), Of(delivered));

    [Theory]
    [InlineData("主管部")] // 主管部门代码 or 主管部门名称
    [InlineData("Supervisin")]
    [InlineData("管理部")]
    [InlineData("管理")]
    [InlineData("Ident")]
    [InlineData("FID_1")]
    public void A_name_that_could_be_several_or_is_too_short_is_not_guessed(string delivered)
        => Assert.Equal(("", MappedBy.Nothing), Of(delivered));

    [Fact]
    public void Of_two_columns_for_one_field_the_newer_standards_order_of_the_definition_decides_and_the_other_goes_nowhere()
    {
        var mapping = Map(new(), "BJID", "ObjID", "名称");

        Assert.Equal("ObjID", mapping.DeliveredName(mapping.Of("code")!));
        Assert.Equal(["BJID"], mapping.Unmapped);
    }

    [Fact]
    public void A_profile_goes_before_every_name_and_can_leave_a_column_out()
    {
        var mapping = Map(new() { Fields = new Dictionary<string, string> { ["tree_id"] = "code", ["ObjID"] = "" }, Constants = new Dictionary<string, string> { ["status"] = "完好" } }, "ObjID", "TREEID", "ObjName");

        Assert.Equal(("TREEID", MappedBy.Profile), (mapping.DeliveredName(mapping.Of("code")!), mapping.Of("code")!.By));
        Assert.Equal("完好", mapping.Of("status")!.Constant);
        Assert.Empty(mapping.Unmapped);
    }

    static (string, MappedBy) Of(string delivered)
        => Map(new(), delivered).Fields.FirstOrDefault(field => field.Column is not null) is { } found ? (found.Field.Name, found.By) : ("", MappedBy.Nothing);

    static LayerMapping Map(MappingProfile profile, params string[] columns)
    {
        var source = new SourceLayer { File = "a.shp", Name = "a", Format = "Shapefile", Columns = [.. columns.Select(name => new SourceColumn(name, SourceColumnType.Text))] };
        return FieldMapper.Map(source, PostGisDatabase.Catalog.Find("components")!, profile);
    }
}
