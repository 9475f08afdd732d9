using System.Collections.Frozen;

namespace CityOps.Gis.Layers;

/// <summary>A list of codes from <c>src/layers/codelists/*.csv</c>, keyed by (table, kind, code).</summary>
public sealed class CodeList
{
    readonly FrozenDictionary<(string Table, string Kind, string Code), CodeEntry> _byKey;
    readonly FrozenSet<string> _codes;

    public CodeList(string id, IReadOnlyList<CodeEntry> entries)
    {
        Id = id;
        Entries = entries;
        Tables = [.. entries.Select(entry => entry.Table).Distinct()];
        _byKey = entries.ToFrozenDictionary(entry => (entry.Table, entry.Kind, entry.Code));
        _codes = entries.Select(entry => entry.Code).ToFrozenSet();
    }

    public string Id { get; }
    public IReadOnlyList<CodeEntry> Entries { get; }

    /// <summary>Editions the list has, in the order of the file.</summary>
    public IReadOnlyList<string> Tables { get; }

    public CodeEntry? Find(string table, string kind, string code) => _byKey.GetValueOrDefault((table, kind, code));

    /// <summary>True when any edition has the code.</summary>
    public bool Contains(string code) => _codes.Contains(code);
}
