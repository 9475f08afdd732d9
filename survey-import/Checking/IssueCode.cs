namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Stable codes of the importer's checks; printed and stored by name. Severity, clause and texts are in <see cref="Rules"/>.</summary>
public enum IssueCode
{
    CodeMissing, CodeLength, CodeCharacters, CodeSerialZero, CodeDivisionUnknown, CodeDivisionMismatch, CodeClassUnknown, CodeClassMismatch,
    CodeDuplicateInFile, CodeDuplicateInDatabase,
    ClassMissing, ClassUnknown,
    GeometryEmpty, GeometryInvalid, GeometryNotANumber, GeometryKindUnexpected, GeometryKindRefused, GeometryZDropped,
    FieldMissing, ColumnMissing, FieldTooWide, ValueNotInList, ValueRefused, NotANumber, NotADate, DateInFuture, ChangeBeforeFirstDate, Mojibake,
    DepartmentUnknown, GridUnknown, GridMismatch, OutsideGrids, OutsideSurveyArea, OutsideScope, CodeOutsideScope, CodeTakenOutside, CaseMovedHere, PointXyMismatch,
    NearDuplicate, AllAtOneSpot, AllNamesEqual, NoRows, ReferenceSystem, WebMapOffset,
    // Of the spine's own layers (GB/T 30428.1, CJ/T 213):
    GridNotClosedOrInvalid, GridOverlap, GridGap, GridAreaOutOfRange, GridNumbering, GridOutsideCommunity, ManagementGridSize, ManagementGridNotAdjoining, ParentUnknown,
}
