using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;

namespace CityOps.Gis.Tests.SurveyImport.Reporting;

/// <summary>A report as an import leaves it: two files read, one refused, errors and warnings of which not all were kept singly.</summary>
static class SampleReport
{
    public const string Nasty = "<script>alert(\"1\")</script> & 井'盖";

    static readonly string[] Columns = ["ObjID", "ObjName", "DeptCode1", "DeptName1", "BGID", "ObjState", "ORDate", "照片"];

    public static LayerDefinition Layer => PostGisDatabase.Catalog.Find("components")!;

    public static ImportReport Make() => new(Batch(), Layer, [Inspection("上水井盖"), Inspection("路灯")], Faults(), Issues(), WaitingRows.Of(Quarantine()))
    {
        Outcome = ImportOutcome.Published,
    };

    public static Batch Batch() => new(
        7, "components", BatchState.Published, "/srv/incoming/2026/思明区普查.zip", new string('a', 64), "{}", "{}",
        new()
        {
            Delivered = 12_345, Accepted = 12_342, Refused = 3, Added = 12_000, Changed = 300, Moved = 40, Removed = 9, Unchanged = 2,
            Issues = new SortedDictionary<string, long>
            {
                ["CodeLength"] = 2, ["NotADate"] = 1, ["ValueNotInList"] = 5_000, ["GeometryZDropped"] = 2, ["FutureCode"] = 1,
            },
        },
        new(2026, 11, 1, 2, 3, 4, TimeSpan.Zero), new DateTimeOffset(2026, 11, 1, 2, 5, 0, TimeSpan.Zero), null, DeliveryMaker.Current);

    public static LayerInspection Inspection(string name, string crsName = "EPSG:4548")
    {
        var source = new SourceLayer
        {
            File = $"部件/{name}.shp", Name = name, Format = "Shapefile",
            Columns = [.. Columns.Select(column => new SourceColumn(column, SourceColumnType.Text, 40))],
            Geometry = GeometryKind.Point, RowCount = 6_000, DeclaredCrs = crsName, Encoding = "GBK",
            EncodingEvidence = [new($"{name} 的 .cpg 写明 GBK。", $"The .cpg of {name} says GBK.")],
        };
        var crs = CrsDetector.Detect(crsName, [610_000, 610_500], [2_708_000, 2_708_400], null);
        return new()
        {
            Source = source, Mapping = FieldMapper.Map(source, Layer, new()), Crs = crs, Evidence = [.. crs.Evidence, new("其他依据", "Another finding")], ClassTable = "gbt47678.5-2026",
        };
    }

    public static SourceFault[] Faults() =>
    [
        new("SHP_DBF_MISSING", "部件/<雨水箅>.shp", new("部件/<雨水箅>.shp 缺少同名的 .dbf 属性表，请补齐后重新交付。", "部件/<雨水箅>.shp lacks its .dbf; deliver it.")),
        new("NOT_DATA", "说明.docx", new("说明.docx 不是地图或表格数据，未读取。", "说明.docx is no map or table data and is left aside.")),
    ];

    public static StoredIssue[] Issues() =>
    [
        new("上水井盖", 5, "CodeLength", "error", "ObjID", "35020301", "17", 118.0912345678, 24.4456789012),
        new("上水井盖", 9, "CodeLength", "error", "ObjID", "3502030101", "17", 118.0998, 24.4501),
        new("路灯", 3, "NotADate", "error", "ORDate", "2026-02-30", null, null, null),
        .. Enumerable.Range(1, 300).Select(row => new StoredIssue("路灯", row, "ValueNotInList", "warning", "ObjState", Nasty, "完好; 破损",
            118.08 + row % 20 * 0.002, 24.43 + row / 20 * 0.002)),
        new("路灯", 0, "FutureCode", "note", null, null, null, null, null),
    ];

    public static WaitingRows.Row[] Quarantine() =>
    [
        new("上水井盖", 5, Record("35020301", Nasty), Point(118.0912345678, 24.4456789012)),
        new("上水井盖", 9, Record("3502030101", "逗号,引号\"与\n换行"), Point(118.0998, 24.4501)),
        new("路灯", 3, Record("35020301010000012", null), null),
    ];

    public static string Point(double x, double y)
        => FormattableString.Invariant($$"""{"type":"Point","crs":{"type":"name","properties":{"name":"EPSG:4490"} },"coordinates":[{{x}},{{y}}]}""");

    // In the order jsonb gives members: shorter names first.
    static string Record(string code, string? name) => System.Text.Json.JsonSerializer.Serialize(new SortedDictionary<string, string?>(Comparer<string>.Create(
        (one, other) => one.Length != other.Length ? one.Length - other.Length : string.CompareOrdinal(one, other)))
    {
        ["ObjID"] = code, ["ObjName"] = name, ["DeptCode1"] = "11", ["DeptName1"] = "市政设施中心",
        ["BGID"] = "350203001001001", ["ObjState"] = "完好", ["ORDate"] = "2026-11-30", ["照片"] = null,
    });
}
