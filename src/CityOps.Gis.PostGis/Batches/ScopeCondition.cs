using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>A scope as a condition of a bulk statement, which has no parameters.</summary>
static class ScopeCondition
{
    static readonly (string Column, Func<JurisdictionScope, IReadOnlyList<string>> Of)[] s_divisions =
    [
        ("district_code", scope => scope.Districts), ("subdistrict_code", scope => scope.Subdistricts), ("community_code", scope => scope.Communities), ("grid_code", scope => scope.Grids),
    ];

    /// <summary>True or false, never null, for rows that have the jurisdiction's columns.</summary>
    /// <param name="scope">Null: every row.</param>
    /// <param name="alias">Of the rows.</param>
    public static string Of(JurisdictionScope? scope, string alias)
    {
        if (scope is null)
            return "true";
        var either = s_divisions.Where(level => level.Of(scope).Count > 0).Select(level => $"{alias}.{level.Column} = any({Array(level.Of(scope))})").ToList();
        if (scope.Departments.Count > 0)
            either.Add($"{alias}.department_code = any((select cityops.departments_below({Array(scope.Departments)}))::text[])");
        return either.Count == 0 ? "false" : $"coalesce({string.Join(" or ", either)}, false)";
    }

    static string Array(IEnumerable<string> codes) => $"array[{string.Join(", ", codes.Select(SqlName.Literal))}]::text[]";
}
