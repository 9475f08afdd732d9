using CityOps.Gis.SurveyImport.Checking;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A kind of fault, the class whose file takes it, and what the answer list says of it.</summary>
sealed record DefectKind(string ClassCode, IssueCode Code, string Field, Severity Severity, string Note)
{
    public static readonly DefectKind[] All =
    [
        new("01037", IssueCode.CodeMissing, "ObjID", Severity.Error, "blank"),
        new("01037", IssueCode.CodeLength, "ObjID", Severity.Error, "15 characters"),
        new("01037", IssueCode.CodeCharacters, "ObjID", Severity.Error, "letter O among the digits"),
        new("01037", IssueCode.CodeDivisionUnknown, "ObjID", Severity.Error, "division 350299"),
        new("04002", IssueCode.CodeDivisionMismatch, "ObjID", Severity.Warning, "division of another district"),
        new("04002", IssueCode.CodeClassUnknown, "ObjID", Severity.Warning, "class 01899 and ClassCode blank; also ClassUnknown"),
        new("04002", IssueCode.CodeClassMismatch, "ObjID", Severity.Error, "class 01037 where ClassCode says 04002"),
        new("04002", IssueCode.CodeSerialZero, "ObjID", Severity.Error, "serial 000000; one a district"),
        new("04002", IssueCode.CodeDuplicateInFile, "ObjID", Severity.Error, "code of the row before; the row before may be named too"),
        new("04002", IssueCode.NearDuplicate, "", Severity.Warning, "0.2 m beside the row before; the row before may be named too"),
        new("01004", IssueCode.ClassMissing, "ClassCode", Severity.Warning, "ClassCode and ObjID blank; also CodeMissing"),
        new("01004", IssueCode.ClassUnknown, "ClassCode", Severity.Warning, "01899, in ObjID too; also CodeClassUnknown"),
        new("01004", IssueCode.FieldMissing, "ObjName", Severity.Error, "blank"),
        new("01004", IssueCode.FieldTooWide, "ObjName", Severity.Warning, "36 characters"),
        new("03007", IssueCode.ValueNotInList, "ObjState", Severity.Warning, "良好"),
        new("03007", IssueCode.Mojibake, "ObjName", Severity.Error, "UTF-8 read as GBK"),
        new("03007", IssueCode.DepartmentUnknown, "DeptCode1", Severity.Warning, "a code that no department has"),
        new("03007", IssueCode.GridUnknown, "BGID", Severity.Warning, "serial 999 of its community; also GridMismatch"),
        new("02010", IssueCode.GridMismatch, "BGID", Severity.Warning, "another grid of the district"),
        new("02010", IssueCode.OutsideGrids, "", Severity.Warning, "in the bay; also GridMismatch"),
        new("02010", IssueCode.OutsideSurveyArea, "", Severity.Error, "200 km to the north; also OutsideGrids, GridMismatch"),
        new("02010", IssueCode.PointXyMismatch, "PointX", Severity.Warning, "50 m too far east"),
        new("01003", IssueCode.GeometryEmpty, "", Severity.Error, "null shape"),
        new("01003", IssueCode.GeometryNotANumber, "", Severity.Error, "NaN as easting"),
        new("01003", IssueCode.DateInFuture, "ORDate", Severity.Error, "20991231"),
        new("01003", IssueCode.ChangeBeforeFirstDate, "CHDate", Severity.Error, "20200101 before 20240601"),
        new("03005", IssueCode.NotANumber, "PointX", Severity.Error, "abc in a text column; also PointXyMismatch"),
        new("03005", IssueCode.NotADate, "ORDate", Severity.Error, "2024年13月 in a text column"),
        new("02025", IssueCode.GeometryInvalid, "", Severity.Error, "ring crosses itself"),
    ];
}
