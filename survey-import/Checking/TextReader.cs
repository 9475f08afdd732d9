using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Encodings;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Texts: width, mojibake, code list and directory of departments; each distinct text is judged once.</summary>
sealed class TextReader(FieldMapping mapping, string delivered, CheckContext context) : FieldReader(mapping, delivered)
{
    readonly ReferenceCache<Verdict> _judged = new();
    readonly CodeList? _list = mapping.Field.CodeList is { } id && mapping.Field.Name != "class_code" ? context.Lists.Find(id) : null;
    readonly bool _isDepartment = mapping.Field.Checks.Contains("department-code") && context.Departments.Count > 0;

    /// <param name="Fault">Null where the text is right.</param>
    readonly record struct Verdict(string? Stored, IssueCode? Fault, string? Expected);

    protected override Column Convert(Column source, int count, Findings findings)
    {
        var delivered = (source as TextColumn)?.Values;
        var values = new string?[count];
        string? last = null;
        Verdict verdict = default;
        for (var row = 0; row < count; row++)
        {
            var text = delivered is null ? source.Text(row) : delivered[row];
            if (string.IsNullOrWhiteSpace(text))
                text = Mapping.Constant;
            if (text is null)
                continue;
            if (!ReferenceEquals(text, last))
                (last, verdict) = (text, Judged(text));
            values[row] = verdict.Stored;
            if (verdict.Fault is { } fault)
                findings.Add(fault, row, Delivered, text, verdict.Expected);
        }
        return new TextColumn(values);
    }

    Verdict Judged(string text)
    {
        if (_judged.TryGet(text, out var verdict))
            return verdict;
        verdict = Judge(text);
        _judged.Set(text, verdict);
        return verdict;
    }

    Verdict Judge(string text)
    {
        var stored = Mapping.Values is { } values && values.GetValueOrDefault(text) is { } mapped ? mapped : text;
        if (stored.Trim() is not { Length: > 0 } trimmed)
            return new(null, null, null);
        stored = trimmed.Length == stored.Length ? stored : trimmed;
        if (stored.Contains('\0', StringComparison.Ordinal))
            stored = stored.Replace("\0", "", StringComparison.Ordinal);
        if (Mojibake.Find(stored) is { } garbled)
            return new(stored, IssueCode.Mojibake, garbled.Probably);
        if (Field.Width is { } width && stored.Length > width)
            return new(stored, IssueCode.FieldTooWide, width.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (_list is not null && !_list.Contains(stored))
            return new(stored, Field.OpenList ? IssueCode.ValueNotInList : IssueCode.ValueRefused, _list.Id);
        if (_isDepartment && !context.Departments.Contains(stored))
            return new(stored, IssueCode.DepartmentUnknown, null);
        return new(stored, null, null);
    }
}
