using CityOps.Gis.SurveyImport.Checking;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Writes the shapefiles that are faulty as a whole: a wrong kind of geometry, heights, one spot, one name, no rows.</summary>
sealed class DefectFiles(SampleWorld world, List<PlantedDefect> planted)
{
    const int Few = 20;
    const int Many = 60;

    public const int Rows = 2 * Few + 2 * Many;

    readonly SampleRandom _random = new((ulong)world.Seed + 606);
    readonly SpotPicker _spots = new(world);

    public IEnumerable<(string Name, long Rows)> Write(string folder)
    {
        yield return WriteFile(folder, "交通护栏_补测", "02017", Few, IssueCode.GeometryKindUnexpected, Severity.Warning, "points where lines are usual", 900_000);
        yield return WriteFile(folder, "报刊亭", "01040", Few, IssueCode.GeometryZDropped, Severity.Note, "PointZ; may be reported once for the file", 0);
        yield return WriteFile(folder, "水鹤", "01068", Many, IssueCode.AllAtOneSpot, Severity.Warning, "every row at one point; also NearDuplicate", 0);
        yield return WriteFile(folder, "信息亭", "01043", Many, IssueCode.AllNamesEqual, Severity.Note, "every row has one name", 0);
        yield return WriteFile(folder, "售货亭", "01044", 0, IssueCode.NoRows, Severity.Warning, "empty table", 0);
    }

    (string, long) WriteFile(string folder, string name, string classCode, int rows, IssueCode code, Severity severity, string note, int firstSerial)
    {
        using var file = new ShapefileWriter(Path.Combine(folder, name), code == IssueCode.GeometryZDropped ? ShapeKind.PointZ : ShapeKind.Point, ComponentFields.Typed);
        var isWholeFile = code is IssueCode.AllAtOneSpot or IssueCode.AllNamesEqual or IssueCode.NoRows;
        var only = _spots.Anywhere(_random);
        var used = new HashSet<int>();
        for (var row = 1; row <= rows; row++)
        {
            var spot = code == IssueCode.AllAtOneSpot ? only : SpotInNewGrid(used);
            WriteRow(file, spot, classCode, firstSerial + row, code == IssueCode.AllNamesEqual ? "信息亭" : $"{world.ClassName(classCode)}{row}号");
            if (code == IssueCode.GeometryZDropped)
                file.EndPointZ(spot.X, spot.Y, 12.5);
            else
                file.EndPoint(spot.X, spot.Y);
            if (!isWholeFile)
                planted.Add(new(name + ".shp", row, "", code, severity, note));
        }
        if (isWholeFile)
            planted.Add(new(name + ".shp", 0, "", code, severity, note));
        return (name, rows);
    }

    /// <summary>One row in a grid at most keeps rows of a class apart.</summary>
    Spot SpotInNewGrid(HashSet<int> used)
    {
        while (true)
            if (_spots.Anywhere(_random) is var spot && used.Add(spot.Grid))
                return spot;
    }

    void WriteRow(ShapefileWriter file, Spot spot, string classCode, int serial, string name)
    {
        var district = world.Spine.DistrictOfGrid(spot.Grid);
        var department = world.Departments.All[world.Departments.Responsible("enforcement", district)];
        file.Set(ComponentFields.ObjId, $"{Divisions.Districts[district].Code}{classCode}{serial:D6}");
        file.Set(ComponentFields.ObjName, name);
        file.Set(ComponentFields.DeptCode1, department.Code);
        file.Set(ComponentFields.DeptName1, department.Name);
        file.Set(ComponentFields.GridCode, world.Spine.GridCodes[spot.Grid]);
        file.Set(ComponentFields.State, "完好");
        file.Set(ComponentFields.FirstDate, "20240601");
        file.Set(ComponentFields.Source, "实测");
        file.Set(ComponentFields.PointX, spot.X);
        file.Set(ComponentFields.PointY, spot.Y);
        file.Set(ComponentFields.ClassCode, classCode);
    }
}
