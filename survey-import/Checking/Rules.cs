using System.Collections.Frozen;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Every check with its severity, its clause and its text. An error sends the row to quarantine; a warning lets it in and is reported.</summary>
public static class Rules
{
    const string Table2 = "GB/T 47678.5-2026, table 2";
    const string Codes = "GB/T 47678.5-2026; CJ/T 214-2007";
    const string Grids = "GB/T 30428.1-2013; CJ/T 213-2005";
    const string Survey = "CJJ/T 106-2010, 4";
    const string Own = "—";

    static readonly FrozenDictionary<IssueCode, Rule> ByCode = new Rule[]
    {
        new(IssueCode.CodeMissing, Severity.Error, Table2, new("没有标识码（主键）", "The identification code (key) is missing")),
        new(IssueCode.CodeLength, Severity.Error, Codes, new("标识码位数不对", "The identification code has the wrong length")),
        new(IssueCode.CodeCharacters, Severity.Error, Codes, new("标识码含有数字以外的字符", "The identification code holds characters other than digits")),
        new(IssueCode.CodeSerialZero, Severity.Error, Codes, new("标识码的顺序号为零", "The serial number of the identification code is zero")),
        new(IssueCode.CodeDivisionUnknown, Severity.Error, Codes, new("标识码的行政区划代码不属于本市", "The division of the identification code is none of this city's")),
        new(IssueCode.CodeDivisionMismatch, Severity.Warning, Codes, new("标识码的行政区划与所在位置不符", "The division of the identification code is not the district the feature lies in")),
        new(IssueCode.CodeClassUnknown, Severity.Warning, Codes, new("标识码中的小类不在所用的分类表中", "The class in the identification code is not in the class table")),
        new(IssueCode.CodeClassMismatch, Severity.Error, Codes, new("标识码中的小类与小类代码字段不一致", "The class in the identification code differs from the class field")),
        new(IssueCode.CodeDuplicateInFile, Severity.Error, Codes, new("标识码在本次交付中重复", "The code occurs more than once in this delivery")),
        new(IssueCode.CodeDuplicateInDatabase, Severity.Warning, Codes, new("标识码已被库中另一部件使用（类别不同或相距 100 米以上）", "The database holds the code for another thing (of another class, or more than 100 m away)")),
        new(IssueCode.ClassMissing, Severity.Warning, Table2, new("没有小类代码", "The class is missing")),
        new(IssueCode.ClassUnknown, Severity.Warning, "GB/T 47678.5-2026", new("小类代码不在所用的分类表中", "The class is not in the class table")),
        new(IssueCode.GeometryEmpty, Severity.Error, Survey, new("没有图形", "There is no geometry")),
        new(IssueCode.GeometryInvalid, Severity.Error, Survey, new("图形不合法（自相交、未闭合等）", "The geometry is invalid (crosses itself, is not closed, …)")),
        new(IssueCode.GeometryNotANumber, Severity.Error, Survey, new("坐标不是数", "A coordinate is not a number")),
        new(IssueCode.GeometryKindUnexpected, Severity.Warning, Survey, new("几何类型与该类别通常的类型不符", "The geometry is of another kind than is usual for the class")),
        new(IssueCode.GeometryKindRefused, Severity.Error, Survey, new("几何类型与图层不符", "The geometry is of another kind than the layer's")),
        new(IssueCode.GeometryZDropped, Severity.Note, Own, new("高程或量测值未入库", "Heights or measures are not stored")),
        new(IssueCode.FieldMissing, Severity.Error, Table2, new("必填字段为空", "A mandatory field is empty")),
        new(IssueCode.ColumnMissing, Severity.Warning, Table2, new("交付中没有这一必填字段", "The delivery has no column for a mandatory field")),
        new(IssueCode.FieldTooWide, Severity.Warning, Table2, new("字段超过规定长度", "The value is longer than the field allows")),
        new(IssueCode.ValueNotInList, Severity.Warning, Table2, new("取值不在代码表中", "The value is not in the code list")),
        new(IssueCode.ValueRefused, Severity.Error, Table2, new("取值不在封闭的代码表中", "The value is not in the closed code list")),
        new(IssueCode.NotANumber, Severity.Error, Table2, new("不是数字", "The value is not a number")),
        new(IssueCode.NotADate, Severity.Error, Table2, new("不是日期", "The value is not a date")),
        new(IssueCode.DateInFuture, Severity.Error, Table2, new("日期晚于今天", "The date lies in the future")),
        new(IssueCode.ChangeBeforeFirstDate, Severity.Error, Table2, new("变更日期早于初始日期", "The date of change is before the date of first record")),
        new(IssueCode.Mojibake, Severity.Error, Own, new("文字是乱码", "The text was decoded with the wrong encoding before it was delivered")),
        new(IssueCode.DepartmentUnknown, Severity.Warning, Table2, new("主管部门代码不在部门目录中", "The department is not in the directory of departments")),
        new(IssueCode.GridUnknown, Severity.Warning, Grids, new("单元网格代码不存在", "There is no unit grid of this code")),
        new(IssueCode.GridMismatch, Severity.Warning, Grids, new("交付的单元网格与位置所在网格不一致", "The delivered unit grid is not the one the feature lies in")),
        new(IssueCode.OutsideGrids, Severity.Warning, Grids, new("不在任何单元网格内", "The feature lies in no unit grid")),
        new(IssueCode.OutsideSurveyArea, Severity.Error, Survey, new("在普查范围之外", "The feature lies outside the survey area")),
        new(IssueCode.OutsideScope, Severity.Error, Own, new("位于您可写入的范围之外", "The feature lies outside of what you may write")),
        new(IssueCode.CodeOutsideScope, Severity.Error, Own, new("标识码属于您可写入范围之外的要素", "The code is of a feature that lies outside of what you may write")),
        new(IssueCode.CodeTakenOutside, Severity.Warning, Own, new("检查之后，标识码已被您可写入范围之外的要素使用；该要素保持不变", "After the check a feature outside of what you may write came to have the code; it is left as it is")),
        new(IssueCode.CaseMovedHere, Severity.Warning, Own, new("该案件已在本平台流转，保持现状，交付的阶段和时间未采用", "The case has moved on here; it is left as it is, and the delivered stage and times are not taken")),
        new(IssueCode.PointXyMismatch, Severity.Warning, Survey, new("坐标字段与图形位置不符", "The coordinate fields differ from the geometry")),
        new(IssueCode.NearDuplicate, Severity.Warning, Survey, new("同类部件相距小于精度等级，疑似重复", "Two of one class lie closer than its accuracy class: probably the same thing twice")),
        new(IssueCode.AllAtOneSpot, Severity.Warning, Own, new("全部要素在同一位置", "All features lie at one spot")),
        new(IssueCode.AllNamesEqual, Severity.Note, Own, new("全部要素名称相同", "All features have the same name")),
        new(IssueCode.NoRows, Severity.Warning, Own, new("没有数据行", "There are no rows")),
        new(IssueCode.ReferenceSystem, Severity.Note, Survey, new("坐标系的判定", "How the reference system was found")),
        new(IssueCode.WebMapOffset, Severity.Warning, Survey, new("坐标带有互联网地图偏移", "The coordinates carry the shift of a web map")),
        new(IssueCode.GridNotClosedOrInvalid, Severity.Error, Grids, new("网格多边形未闭合或不合法", "The grid's polygon is not closed or invalid")),
        new(IssueCode.GridOverlap, Severity.Warning, Grids, new("网格相互重叠", "Grids overlap")),
        new(IssueCode.GridGap, Severity.Warning, Grids, new("社区内网格之间有空隙", "There is a gap between the grids of a community")),
        new(IssueCode.GridAreaOutOfRange, Severity.Warning, Grids, new("填报面积与图形面积相差超过 10%", "The stated area differs from the polygon's by more than 10 %")),
        new(IssueCode.GridNumbering, Severity.Warning, Grids, new("网格编号不符合规则", "The grid's number does not follow the rule")),
        new(IssueCode.GridOutsideCommunity, Severity.Warning, Grids, new("网格超出所属社区", "The grid reaches outside its community")),
        new(IssueCode.ManagementGridSize, Severity.Warning, Grids, new("管理网格应由 1 至 5 个单元网格组成", "A management grid has one to five unit grids")),
        new(IssueCode.ManagementGridNotAdjoining, Severity.Warning, Grids, new("管理网格的单元网格不相邻", "The unit grids of a management grid do not adjoin")),
        new(IssueCode.ParentUnknown, Severity.Warning, Grids, new("上级代码不存在", "There is no parent of this code")),
    }.ToFrozenDictionary(rule => rule.Code);

    public static Rule Of(IssueCode code) => ByCode[code];
}
