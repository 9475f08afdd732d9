using CityOps.Gis.Codes;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>What a row is: its key, its class and the edition the class is from. The code's division, class and serial must agree with the row.</summary>
sealed class IdentityCheck
{
    readonly CheckContext _context;
    readonly string _keyName;
    readonly string _className;
    readonly bool _isStandard;
    readonly string _table;
    readonly Dictionary<string, CodeEntry?> _entries = [];
    readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _interned = new Dictionary<string, string>().GetAlternateLookup<ReadOnlySpan<char>>();
    readonly CodeLayout _layout;

    public IdentityCheck(CheckContext context, LayerMapping mapping, CodeLayout layout, string classTable)
    {
        _context = context;
        _layout = layout;
        _table = classTable;
        _keyName = Delivered(mapping, context.Layer.Key);
        _className = Delivered(mapping, "class_code");
        _isStandard = context.Settings.CodeRule == CodeRule.Standard && context.Layer.Find(context.Layer.Key)?.Checks.Contains("identification-code") == true;
    }

    /// <summary>Checks a chunk's keys and classes; gives the class of every row, taken from its code where the delivery has no class column.</summary>
    public string?[] Check(TextColumn keys, TextColumn? classes, int count, Findings findings)
    {
        var found = new string?[count];
        for (var row = 0; row < count; row++)
        {
            var given = classes?.Values[row];
            found[row] = given;
            if (keys.Values[row] is not { } key)
                continue;
            if (_isStandard)
                found[row] = CheckCode(row, key, given, findings);
            if (!_context.Keys.Add(key))
                findings.Add(IssueCode.CodeDuplicateInFile, row, _keyName, key);
        }
        if (_context.Layer.Class is not null)
            CheckClasses(found, classes, count, findings);
        return found;
    }

    /// <summary>The entry of a class in the delivery's table; null where it is not known.</summary>
    public CodeEntry? Entry(string classCode)
    {
        if (!_entries.TryGetValue(classCode, out var entry))
            _entries[classCode] = entry = _context.Layer.Class?.Find(_context.Lists, _table, classCode);
        return entry;
    }

    string? CheckCode(int row, string key, string? given, Findings findings)
    {
        if (IdentificationCode.TryParse(key, _layout, out var fault) is not { } code)
        {
            findings.Add(Enum.Parse<IssueCode>(fault.ToString()), row, _keyName, key, Expected());
            return given;
        }
        if (fault == CodeFault.CodeSerialZero)
            findings.Add(IssueCode.CodeSerialZero, row, _keyName, key);
        if (_context.Divisions.Count > 0 && !_context.Divisions.Contains(Interned(code.DivisionSpan)))
            findings.Add(IssueCode.CodeDivisionUnknown, row, _keyName, key, Interned(code.DivisionSpan));
        if (given is null)
            return Interned(code.ClassSpan);
        if (!code.ClassSpan.SequenceEqual(given))
            findings.Add(IssueCode.CodeClassMismatch, row, _keyName, key, given);
        return given;
    }

    void CheckClasses(string?[] found, TextColumn? delivered, int count, Findings findings)
    {
        for (var row = 0; row < count; row++)
            if (found[row] is not { } code)
            {
                if (delivered is not null || _isStandard)
                    findings.Add(IssueCode.ClassMissing, row, _className, null);
            }
            else if (Entry(code) is null)
                findings.Add(
                    delivered?.Values[row] is null ? IssueCode.CodeClassUnknown : IssueCode.ClassUnknown, row, delivered?.Values[row] is null ? _keyName : _className, code, _table);
    }

    string Expected() => _layout == CodeLayout.Gbt47678 ? "17" : "16";

    string Interned(ReadOnlySpan<char> text)
    {
        if (_interned.TryGetValue(text, out var known))
            return known;
        known = text.ToString();
        _interned[text] = known;
        return known;
    }

    static string Delivered(LayerMapping mapping, string field) => mapping.Of(field) is { } one ? mapping.DeliveredName(one) : field;
}
