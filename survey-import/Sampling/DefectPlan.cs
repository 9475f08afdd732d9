using CityOps.Gis.SurveyImport.Checking;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Plants faults into rows as they are written, about twenty of a kind spread over a class's file, and remembers where; some kinds get a
/// file of their own. Not for two files at once.
/// </summary>
sealed class DefectPlan(SampleWorld world)
{
    const int Each = 20;

    readonly List<PlantedDefect> _planted = [];
    readonly HashSet<int> _zeroDistricts = [];
    readonly Queue<(int Row, DefectKind Kind)> _due = [];
    string _file = "";
    int _row;
    (PlacedShape Shape, int Grid, int District, int Serial, bool IsSound) _previous;

    public int Count => _planted.Count;

    /// <summary>Rows of the files that only hold faults.</summary>
    public const int OwnRows = DefectFiles.Rows;

    public void Begin(string file, int rule, int rows)
    {
        (_file, _row, _previous) = (file, 0, default);
        _due.Clear();
        var kinds = DefectKind.All.Where(kind => kind.ClassCode == ClassRules.All[rule].Code).ToArray();
        var slots = Math.Min(Each * kinds.Length, rows / 3);
        for (var slot = 0; slot < slots; slot++)
            _due.Enqueue(((int)((slot + 0.5) * rows / slots) + 1, kinds[slot % kinds.Length]));
    }

    /// <summary>Spoils the row at hand when one is due; true when it has also written the shape.</summary>
    public bool Plant(ShapefileWriter file, ClassRule rule, PlacedShape shape, int grid, int district, int serial)
    {
        _row++;
        var isPlanted = false;
        var hasOwnShape = false;
        if (_due.TryPeek(out var due) && _row >= due.Row)
        {
            (isPlanted, hasOwnShape) = Spoil(file, due.Kind, rule, shape, grid, district, serial);
            if (isPlanted || due.Kind.Code == IssueCode.CodeSerialZero)
                _due.Dequeue();
            if (isPlanted)
                Note($"{_file}.shp", _row, due.Kind);
        }
        _previous = (shape, grid, district, serial, !isPlanted);
        return hasOwnShape;
    }

    /// <summary>Writes the files that are faulty as a whole.</summary>
    public IEnumerable<(string Name, long Rows)> WriteOwnFiles(string folder) => new DefectFiles(world, _planted).Write(folder);

    public void WriteAnswers(string path)
    {
        using var file = new CsvFile(path, "file,row,field,code,severity,note");
        foreach (var one in _planted)
            file.Row($"{one.File},{one.Row},{one.Field},{one.Code},{one.Severity.ToString().ToLowerInvariant()},\"{one.Note}\"");
    }

    void Note(string file, long row, DefectKind kind) => _planted.Add(new(file, row, kind.Field, kind.Code, kind.Severity, kind.Note));

    (bool IsPlanted, bool HasOwnShape) Spoil(ShapefileWriter file, DefectKind kind, ClassRule rule, PlacedShape shape, int grid, int district, int serial)
    {
        var code = CodeOf(district, rule.Code, serial);
        switch (kind.Code)
        {
            case IssueCode.CodeMissing: return Blank(file, ComponentFields.ObjId);
            case IssueCode.CodeLength: return Text(file, ComponentFields.ObjId, code[..15]);
            case IssueCode.CodeCharacters: return Text(file, ComponentFields.ObjId, code[..11] + "O" + code[12..]);
            case IssueCode.CodeDivisionUnknown: return Text(file, ComponentFields.ObjId, "350299" + code[6..]);
            // Serials from 700,000 are not used by sound rows where faults are planted, so no second fault follows.
            case IssueCode.CodeDivisionMismatch: return Text(file, ComponentFields.ObjId, CodeOf((district + 1) % 6, rule.Code, 700_000 + _row % 200_000));
            case IssueCode.CodeClassMismatch: return Text(file, ComponentFields.ObjId, CodeOf(district, "01037", 700_000 + _row % 200_000));
            case IssueCode.CodeClassUnknown:
                file.Clear(ComponentFields.ClassCode);
                return Text(file, ComponentFields.ObjId, CodeOf(district, "01899", 300_000 + _row % 200_000));
            case IssueCode.CodeSerialZero: return _zeroDistricts.Add(district) ? Text(file, ComponentFields.ObjId, CodeOf(district, rule.Code, 0)) : default;
            case IssueCode.CodeDuplicateInFile: return _previous.IsSound ? Text(file, ComponentFields.ObjId, CodeOf(_previous.District, rule.Code, _previous.Serial), _previous.District == district) : default;
            case IssueCode.ClassMissing:
                file.Clear(ComponentFields.ClassCode);
                return Blank(file, ComponentFields.ObjId);
            case IssueCode.ClassUnknown:
                file.Set(ComponentFields.ClassCode, "01899");
                return Text(file, ComponentFields.ObjId, CodeOf(district, "01899", 600_000 + _row % 200_000));
            case IssueCode.FieldMissing: return Blank(file, ComponentFields.ObjName);
            case IssueCode.FieldTooWide: return Text(file, ComponentFields.ObjName, string.Concat(Enumerable.Repeat("雨水箅子过宽名称", 5))[..36]);
            case IssueCode.ValueNotInList: return Text(file, ComponentFields.State, "良好");
            case IssueCode.Mojibake: return Text(file, ComponentFields.ObjName, "鐗屽尵鏍囪瘑");
            case IssueCode.DepartmentUnknown: return Text(file, ComponentFields.DeptCode1, "11350200MB99999990");
            case IssueCode.GridUnknown: return Text(file, ComponentFields.GridCode, world.Spine.GridCodes[grid][..12] + "999");
            case IssueCode.DateInFuture:
                file.Clear(ComponentFields.ChangeDate);
                return Text(file, ComponentFields.FirstDate, "20991231");
            case IssueCode.ChangeBeforeFirstDate:
                file.Set(ComponentFields.FirstDate, "20240601");
                return Text(file, ComponentFields.ChangeDate, "20200101");
            case IssueCode.NotADate: return Text(file, ComponentFields.FirstDate, "2024年13月");
            case IssueCode.NotANumber: return Text(file, ComponentFields.PointX, "abc");
            default: return SpoilPlace(file, kind, shape, grid, district);
        }
    }

    (bool, bool) SpoilPlace(ShapefileWriter file, DefectKind kind, PlacedShape shape, int grid, int district)
    {
        switch (kind.Code)
        {
            case IssueCode.GridMismatch:
                var other = grid >= 5 && world.Spine.DistrictOfGrid(grid - 5) == district ? grid - 5 : grid + 5;
                return Text(file, ComponentFields.GridCode, world.Spine.GridCodes[other]);
            case IssueCode.OutsideGrids: return MoveTo(file, CityLattice.CornerEast + 34_000 + 25 * (_row % 40), CityLattice.CornerNorth + 22_000 + 0.25 * (_row % 4000));
            case IssueCode.OutsideSurveyArea: return MoveTo(file, shape.X, shape.Y + 200_000);
            case IssueCode.PointXyMismatch:
                file.Clear(ComponentFields.PointX);
                file.Set(ComponentFields.PointX, shape.X + 50);
                return (true, false);
            case IssueCode.GeometryEmpty:
                file.EndNull();
                return (true, true);
            case IssueCode.GeometryNotANumber:
                file.EndPoint(double.NaN, shape.Y);
                return (true, true);
            case IssueCode.GeometryInvalid:
                file.EndParts(BowTie(shape));
                return (true, true);
            case IssueCode.NearDuplicate: return Beside(file, district);
            default: return default;
        }
    }

    (bool, bool) Beside(ShapefileWriter file, int district)
    {
        if (!_previous.IsSound || _previous.District != district)
            return default;
        var (x, y) = (Math.Round(_previous.Shape.X + 0.2, 3), _previous.Shape.Y);
        var (i, j) = CityLattice.CellAt(_previous.Shape.Cell);
        if (world.Spine.Lattice.Locate(x, y, i, j, 0.05) != _previous.Shape.Cell)
            return default;
        Text(file, ComponentFields.GridCode, world.Spine.GridCodes[_previous.Grid]);
        return MoveTo(file, x, y);
    }

    static (bool, bool) MoveTo(ShapefileWriter file, double x, double y)
    {
        file.Clear(ComponentFields.PointX);
        file.Clear(ComponentFields.PointY);
        file.Set(ComponentFields.PointX, x);
        file.Set(ComponentFields.PointY, y);
        file.EndPoint(x, y);
        return (true, true);
    }

    /// <summary>A ring that crosses itself in the middle; one lobe is larger, so it still reads as a shell.</summary>
    static double[] BowTie(in PlacedShape s) =>
    [
        s.X - s.Ax - s.Bx, s.Y - s.Ay - s.By, s.X - s.Ax + s.Bx, s.Y - s.Ay + s.By, s.X + 0.4 * (s.Ax - s.Bx), s.Y + 0.4 * (s.Ay - s.By),
        s.X + s.Ax + s.Bx, s.Y + s.Ay + s.By, s.X - s.Ax - s.Bx, s.Y - s.Ay - s.By,
    ];

    static (bool, bool) Blank(ShapefileWriter file, int field)
    {
        file.Clear(field);
        return (true, false);
    }

    static (bool, bool) Text(ShapefileWriter file, int field, string text, bool isAllowed = true)
    {
        if (!isAllowed)
            return default;
        file.Clear(field);
        file.Set(field, text);
        return (true, false);
    }

    static string CodeOf(int district, string classCode, int serial) => $"{Divisions.Districts[district].Code}{classCode}{serial:D6}";
}
