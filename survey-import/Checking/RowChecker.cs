using CityOps.Gis.Codes;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Maps and checks the rows of one layer of a delivery, chunk by chunk. One thread.</summary>
public sealed class RowChecker
{
    /// <summary>Metres by which the coordinate fields may differ from the geometry.</summary>
    const double PointTolerance = 0.5;

    readonly CheckContext _context;
    readonly LayerMapping _mapping;
    readonly FieldReader[] _readers;
    readonly IdentityCheck _identity;
    readonly PlaceCheck _place;
    readonly string _classTable;
    readonly int _key, _class, _table, _first, _change, _x, _y, _name;
    readonly Dictionary<string, int> _nearbyClasses = [];
    string? _onlyName;
    bool _allNamesEqual = true;
    long _rows;

    public RowChecker(CheckContext context, LayerMapping mapping, Placement place, CodeLayout layout, string classTable)
    {
        (_context, _mapping, _classTable) = (context, mapping, classTable);
        _readers = [.. mapping.Fields.Select(field => FieldReader.For(field, mapping.DeliveredName(field), context))];
        _identity = new(context, mapping, layout, classTable);
        _place = new(context, place);
        Findings = new(context.Settings.MostKept);
        _key = IndexOf(field => field.Name == context.Layer.Key);
        _class = IndexOf(field => field.Name == "class_code");
        _table = IndexOf(field => field.Name == "class_table");
        _first = IndexOf(field => field.Name == "first_date");
        _change = IndexOf(field => field.Checks.Contains("not-before-first-date"));
        _x = IndexOf(field => field.Checks.Contains("point-x"));
        _y = IndexOf(field => field.Checks.Contains("point-y"));
        _name = IndexOf(field => field.Name == context.Layer.Name);
    }

    public Findings Findings { get; }

    public CheckedChunk Check(FeatureChunk chunk)
    {
        Findings.Begin(chunk.FirstRow, chunk.Count);
        _rows += chunk.Count;
        var fields = new Column?[_readers.Length];
        for (var index = 0; index < fields.Length; index++)
            fields[index] = _readers[index].Read(chunk, Findings);
        CheckIdentity(fields, chunk.Count);
        var geometry = _place.Check(chunk, Findings);
        CheckDates(fields, chunk.Count);
        if (geometry is not null)
        {
            CheckPointFields(chunk, fields, geometry);
            CheckClassesInSpace(fields, geometry, chunk.Count);
        }
        CheckNames(fields, chunk.Count);
        var (isRefused, issues) = Findings.End();
        return new(chunk, fields, geometry, isRefused, issues);
    }

    /// <summary>Faults of the layer as a whole, once before its first chunk.</summary>
    public IEnumerable<RowIssue> Begin()
    {
        foreach (var field in _mapping.Fields.Where(one => one.Field.Required && one.Column is null && one.Constant is null))
            yield return Findings.AddToLayer(IssueCode.ColumnMissing, field.Field.Name, null, string.Join(" / ", field.Field.Aliases.Take(3)));
        if (_mapping.Source.HasZ || _mapping.Source.HasM)
            yield return Findings.AddToLayer(IssueCode.GeometryZDropped, null, null);
    }

    /// <summary>Faults that only the whole layer shows, once after its last chunk.</summary>
    public IEnumerable<RowIssue> Finish()
    {
        if (_rows == 0)
            yield return Findings.AddToLayer(IssueCode.NoRows, null, null);
        if (_place.AllAtOneSpot && _place.Positions > 3)
            yield return Findings.AddToLayer(IssueCode.AllAtOneSpot, null, _place.Positions.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (_allNamesEqual && _rows > 20 && _onlyName is not null)
            yield return Findings.AddToLayer(IssueCode.AllNamesEqual, _mapping.DeliveredName(_mapping.Fields[_name]), _onlyName);
    }

    void CheckIdentity(Column?[] fields, int count)
    {
        if (_key < 0 || fields[_key] is not TextColumn keys)
            return;
        var classes = _identity.Check(keys, _class < 0 ? null : fields[_class] as TextColumn, count, Findings);
        if (_context.Layer.Class is null || _class < 0)
            return;
        fields[_class] = new TextColumn(classes);
        if (_table >= 0 && fields[_table] is null)
            fields[_table] = new TextColumn([.. classes.Select(one => one is null ? null : _classTable)]);
    }

    void CheckDates(Column?[] fields, int count)
    {
        if (_first < 0 || _change < 0 || fields[_first] is not DateColumn firsts || fields[_change] is not DateColumn changes)
            return;
        for (var row = 0; row < count; row++)
            if (!firsts.IsNull(row) && !changes.IsNull(row) && changes.Values[row] < firsts.Values[row])
                Findings.Add(IssueCode.ChangeBeforeFirstDate, row, _mapping.DeliveredName(_mapping.Fields[_change]), changes.Text(row), firsts.Text(row));
    }

    // The fields may hold the delivered coordinates in either order, or degrees.
    void CheckPointFields(FeatureChunk chunk, Column?[] fields, GeometryColumn stored)
    {
        if (_x < 0 || _y < 0 || fields[_x] is not RealColumn xs || fields[_y] is not RealColumn ys || chunk.Geometry is not { } delivered)
            return;
        for (var row = 0; row < chunk.Count; row++)
        {
            if (xs.IsNull(row) || ys.IsNull(row) || stored.IsEmpty[row] || stored.Wkb[row] is not null)
                continue;
            var (x, y) = (xs.Values[row], ys.Values[row]);
            if (!IsAt(x, y, delivered.X[row], delivered.Y[row]) && !IsAt(y, x, delivered.X[row], delivered.Y[row])
                && !IsAt(x, y, stored.X[row], stored.Y[row]) && !IsAt(y, x, stored.X[row], stored.Y[row]))
                Findings.Add(IssueCode.PointXyMismatch, row, _mapping.DeliveredName(_mapping.Fields[_x]), Show(x, y), Show(delivered.X[row], delivered.Y[row]));
        }
    }

    void CheckClassesInSpace(Column?[] fields, GeometryColumn geometry, int count)
    {
        if (_context.Layer.Class is null)
            return;
        var classes = _class < 0 ? null : fields[_class] as TextColumn;
        string? last = null;
        CodeEntry? entry = null;
        var nearby = 0;
        for (var row = 0; row < count; row++)
        {
            if (geometry.IsEmpty[row])
                continue;
            if (classes?.Values[row] is { } code && !ReferenceEquals(code, last))
                (last, entry, nearby) = (code, _identity.Entry(code), Nearby(code));
            if (entry?.Geometry is { } usual && usual is not GeometryKind.Any && usual != geometry.Kinds[row])
                Findings.Add(IssueCode.GeometryKindUnexpected, row, null, geometry.Kinds[row].ToString(), usual.ToString());
            // Only classes with an accuracy are surveyed things; of cases, any number may lie at one spot.
            if (entry?.AccuracyMeters is not null && geometry.Wkb[row] is null && !Findings.IsRefused(row) && _context.Nearby.Add(nearby, geometry.X[row], geometry.Y[row]))
                Findings.Add(IssueCode.NearDuplicate, row, null, last, entry.AccuracyMeters?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    void CheckNames(Column?[] fields, int count)
    {
        if (_name < 0 || !_allNamesEqual || fields[_name] is not TextColumn names)
            return;
        for (var row = 0; row < count && _allNamesEqual; row++)
        {
            _onlyName ??= names.Values[row];
            _allNamesEqual = names.Values[row] == _onlyName;
        }
    }

    int Nearby(string classCode)
    {
        if (!_nearbyClasses.TryGetValue(classCode, out var number))
            _nearbyClasses[classCode] = number = _context.NearbyClass(classCode, _identity.Entry(classCode)?.AccuracyMeters ?? 0.5);
        return number;
    }

    static bool IsAt(double x, double y, double otherX, double otherY)
    {
        var tolerance = Math.Abs(otherX) <= 180 && Math.Abs(otherY) <= 90 ? PointTolerance / 100_000 : PointTolerance;
        return Math.Abs(x - otherX) <= tolerance && Math.Abs(y - otherY) <= tolerance;
    }

    static string Show(double x, double y) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{x:0.####}, {y:0.####}");

    int IndexOf(Func<LayerField, bool> isIt)
    {
        for (var index = 0; index < _mapping.Fields.Count; index++)
            if (isIt(_mapping.Fields[index].Field))
                return index;
        return -1;
    }
}
