using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Access;

/// <summary>Scopes as they are stored: a row for each code, with the level it is of.</summary>
public static class ScopeCodes
{
    static readonly (string Level, Func<JurisdictionScope, IReadOnlyList<string>> Of)[] s_levels =
    [
        ("grid", scope => scope.Grids), ("community", scope => scope.Communities), ("subdistrict", scope => scope.Subdistricts), ("district", scope => scope.Districts),
        ("department", scope => scope.Departments),
    ];

    /// <summary>Names of the levels, from the smallest area to the largest, then departments.</summary>
    public static IReadOnlyList<string> Levels { get; } = [.. s_levels.Select(level => level.Level)];

    /// <summary>The codes as <c>level:code</c>.</summary>
    public static string[] Of(JurisdictionScope scope) => [.. s_levels.SelectMany(level => level.Of(scope).Distinct().Select(code => $"{level.Level}:{code}"))];

    /// <summary>The scope of <c>level:code</c> texts; what has no level that is known counts for nothing.</summary>
    public static JurisdictionScope Parse(IEnumerable<string> texts)
    {
        var codes = texts.Select(text => text.Split(':', 2)).Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1]);
        return new()
        {
            Grids = [.. codes["grid"]], Communities = [.. codes["community"]], Subdistricts = [.. codes["subdistrict"]], Districts = [.. codes["district"]],
            Departments = [.. codes["department"]],
        };
    }

    /// <summary>SQL that gives the <c>level:code</c> texts of a row's scope as an array.</summary>
    /// <param name="table"><c>person_scope</c> or <c>api_key_scope</c>.</param>
    internal static string Select(string table, string owner, string id) => $"array(select level || ':' || code from access.{table} where {owner} = {id} order by level, code)";
}
