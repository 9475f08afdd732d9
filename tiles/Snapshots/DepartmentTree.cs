using System.IO.Hashing;

namespace CityOps.Gis.Tiles.Snapshots;

/// <summary>Departments and what stands above each, as of the snapshot; answers as <c>cityops.departments_below</c>.</summary>
public sealed class DepartmentTree
{
    readonly List<(string Code, string Parent)> _links;
    readonly ILookup<string, string> _children;

    public DepartmentTree(IEnumerable<(string Code, string Parent)> links)
    {
        _links = [.. links];
        _children = _links.ToLookup(link => link.Parent, link => link.Code);
    }

    /// <summary>Equal for the same departments below the same, in every process.</summary>
    public long Hash => (long)XxHash3.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', _links.Select(link => $"{link.Code}\t{link.Parent}").Order(StringComparer.Ordinal))));

    /// <summary>The same departments below the same.</summary>
    public bool IsSame(DepartmentTree other) => _links.ToHashSet().SetEquals(other._links);

    /// <summary>The codes themselves and all departments below them.</summary>
    public HashSet<string> Below(IEnumerable<string> codes)
    {
        var below = new HashSet<string>();
        var waiting = new Stack<string>(codes);
        while (waiting.TryPop(out var code))
            if (below.Add(code))
                foreach (var child in _children[code])
                    waiting.Push(child);
        return below;
    }

    internal static DepartmentTree Read(SectionReader from)
    {
        var links = new (string, string)[from.Long()];
        for (var at = 0; at < links.Length; at++)
            links[at] = (from.Text(), from.Text());
        return new(links);
    }

    internal void Write(SectionWriter to)
    {
        to.Long(_links.Count);
        foreach (var (code, parent) in _links)
        {
            to.Text(code);
            to.Text(parent);
        }
    }
}
