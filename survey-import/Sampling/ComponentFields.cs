namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Columns of a delivered component file: the names of CJ/T 214-2007, plus ClassCode. PointX is the easting, PointY the northing, EPSG:4548.</summary>
static class ComponentFields
{
    public const int ObjId = 0, ObjName = 1, DeptCode1 = 2, DeptName1 = 3, DeptCode2 = 4, DeptName2 = 5, DeptCode3 = 6, DeptName3 = 7, GridCode = 8, State = 9,
        FirstDate = 10, ChangeDate = 11, Source = 12, Note = 13, PointX = 14, PointY = 15, ClassCode = 16;

    public static readonly DbfField[] Typed = Make('D', 8, 'N', 3);

    /// <summary>As some teams deliver it: dates and coordinates as text, so anything can stand there.</summary>
    public static readonly DbfField[] AsText = Make('C', 20, 'C', 3);

    static DbfField[] Make(char date, int dateWidth, char number, int decimals) =>
    [
        new("ObjID", 'C', 20), new("ObjName", 'C', 80), new("DeptCode1", 'C', 18), new("DeptName1", 'C', 60), new("DeptCode2", 'C', 18), new("DeptName2", 'C', 60),
        new("DeptCode3", 'C', 18), new("DeptName3", 'C', 60), new("BGID", 'C', 15), new("ObjState", 'C', 10), new("ORDate", date, dateWidth), new("CHDate", date, dateWidth),
        new("DataSource", 'C', 20), new("Note_", 'C', 60), new("PointX", number, 16, decimals), new("PointY", number, 16, decimals), new("ClassCode", 'C', 5),
    ];
}
