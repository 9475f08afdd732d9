using System.Collections.Frozen;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>Words of CQL2 text that are no property unless they stand in double quotes.</summary>
static class CqlKeywords
{
    static readonly FrozenSet<string> Words = new[] { "and", "or", "not", "like", "between", "in", "is", "null", "true", "false", "div" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) => Words.Contains(name);
}
