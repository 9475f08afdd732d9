using System.Buffers.Text;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Writes the shapefile of one class, row after row, from the bytes of its constant texts.</summary>
sealed class ComponentFile : IDisposable
{
    static readonly byte[][] States = [.. new[] { "完好", "破损", "丢失", "废弃" }.Select(ShapefileWriter.Encode)];
    static readonly byte[][] Sources = [.. new[] { "实测", "地形图", "其他" }.Select(ShapefileWriter.Encode)];

    readonly ShapefileWriter _file;
    readonly SampleWorld _world;
    readonly GeometryKind _kind;
    readonly byte[] _buffer = new byte[96];
    ClassRule _rule = ClassRules.All[0];
    int _ruleIndex;
    byte[] _className = [], _classCode = [];
    int[] _serials = [];
    int[] _departments = [];

    public ComponentFile(SampleWorld world, string path, GeometryKind kind, bool isText)
    {
        (_world, _kind) = (world, kind);
        _file = new(path, KindOf(kind), isText ? ComponentFields.AsText : ComponentFields.Typed);
    }

    public int Rows => _file.Rows;

    /// <summary>Sets the class of the rows that follow; serials start again at one.</summary>
    public void Begin(int ruleIndex)
    {
        (_ruleIndex, _rule) = (ruleIndex, ClassRules.All[ruleIndex]);
        _className = ShapefileWriter.Encode(_world.ClassName(_rule.Code));
        _classCode = ShapefileWriter.Encode(_rule.Code);
        _serials = new int[Divisions.Districts.Length];
        _departments = [.. Enumerable.Range(0, Divisions.Districts.Length).Select(district => _world.Departments.Responsible(_rule.Role, district))];
    }

    /// <summary>Writes one flawless row, or one whose fault the plan plants.</summary>
    public void Write(PlacedShape shape, DefectPlan? defects)
    {
        var grid = _world.Spine.Lattice.Grid[shape.Cell];
        var district = _world.Spine.DistrictOfGrid(grid);
        var serial = ++_serials[district];
        Fill(shape, grid, district, serial);
        var hasOwnShape = defects is not null && defects.Plant(_file, _rule, shape, grid, district, serial);
        if (!hasOwnShape)
            WriteShape(shape);
    }

    public void Dispose() => _file.Dispose();

    static ShapeKind KindOf(GeometryKind kind) => kind switch
    {
        GeometryKind.Line => ShapeKind.Line,
        GeometryKind.Polygon => ShapeKind.Polygon,
        _ => ShapeKind.Point,
    };

    void Fill(in PlacedShape shape, int grid, int district, int serial)
    {
        _file.Set(ComponentFields.ObjId, Code(district, serial));
        _file.Set(ComponentFields.ObjName, Name(shape, grid, serial));
        var department = _departments[district];
        _file.Set(ComponentFields.DeptCode1, _world.DepartmentCodes[department]);
        _file.Set(ComponentFields.DeptName1, _world.DepartmentNames[department]);
        _file.Set(ComponentFields.DeptCode2, _world.OwnerCodes[_rule.Owner]);
        _file.Set(ComponentFields.DeptName2, _world.OwnerNames[_rule.Owner]);
        _file.Set(ComponentFields.DeptCode3, _world.OwnerCodes[_rule.Owner]);
        _file.Set(ComponentFields.DeptName3, _world.OwnerNames[_rule.Owner]);
        _file.Set(ComponentFields.GridCode, _world.GridCodes[grid]);
        _file.Set(ComponentFields.PointX, shape.X);
        _file.Set(ComponentFields.PointY, shape.Y);
        _file.Set(ComponentFields.ClassCode, _classCode);
        FillHistory(district, serial);
    }

    void FillHistory(int district, int serial)
    {
        var chance = _world.Dice.Bits(_ruleIndex, district, serial);
        var state = (int)(chance % 1000) switch { < 962 => 0, < 987 => 1, < 995 => 2, _ => 3 };
        _file.Set(ComponentFields.State, States[state]);
        _file.Set(ComponentFields.Source, Sources[(chance >> 10) % 100 < 88 ? 0 : (chance >> 10) % 100 < 97 ? 1 : 2]);
        var first = 200 + (int)((chance >> 20) % 2600);
        _file.Set(ComponentFields.FirstDate, Calendar.DaysAgo(first));
        if (state > 0 || (chance >> 40) % 10 == 0)
            _file.Set(ComponentFields.ChangeDate, Calendar.DaysAgo(1 + (int)((chance >> 44) % (ulong)first)));
    }

    ReadOnlySpan<byte> Code(int district, int serial)
    {
        _world.DistrictCodes[district].CopyTo(_buffer.AsSpan());
        _classCode.CopyTo(_buffer.AsSpan(6));
        Utf8Formatter.TryFormat(serial, _buffer.AsSpan(11), out _, new('D', 6));
        return _buffer.AsSpan(0, 17);
    }

    /// <summary>Street (or community), class and number, as in 厦禾路路灯12号.</summary>
    ReadOnlySpan<byte> Name(in PlacedShape shape, int grid, int serial)
    {
        var where = shape.Street >= 0 ? _world.StreetNames[shape.Street] : _world.CommunityNames[_world.Spine.GridCommunity[grid]];
        where.CopyTo(_buffer.AsSpan());
        _className.CopyTo(_buffer.AsSpan(where.Length));
        var at = where.Length + _className.Length;
        Utf8Formatter.TryFormat(serial, _buffer.AsSpan(at), out var digits);
        // 号 in GBK.
        (_buffer[at + digits], _buffer[at + digits + 1]) = (0xBA, 0xC5);
        return _buffer.AsSpan(0, at + digits + 2);
    }

    void WriteShape(in PlacedShape s)
    {
        if (_kind == GeometryKind.Line)
            _file.EndParts(_rule.HalfLength > 0
                ? [s.X - s.Ax, s.Y - s.Ay, s.X, s.Y, s.X + s.Ax, s.Y + s.Ay]
                : [s.X - s.Bx, s.Y - s.By, s.X, s.Y, s.X + s.Bx, s.Y + s.By]);
        else if (_kind == GeometryKind.Polygon)
            _file.EndParts(Corners(s));
        else
            _file.EndPoint(s.X, s.Y);
    }

    static double[] Corners(in PlacedShape s) =>
    [
        s.X - s.Ax - s.Bx, s.Y - s.Ay - s.By, s.X - s.Ax + s.Bx, s.Y - s.Ay + s.By, s.X + s.Ax + s.Bx, s.Y + s.Ay + s.By,
        s.X + s.Ax - s.Bx, s.Y + s.Ay - s.By, s.X - s.Ax - s.Bx, s.Y - s.Ay - s.By,
    ];
}
