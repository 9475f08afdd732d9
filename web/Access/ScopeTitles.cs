using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Access;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Web.Access;

/// <summary>Scopes in words: the names of areas and departments instead of their codes.</summary>
public sealed class ScopeTitles(SpineTree spine)
{
    /// <summary>Each code of a scope as <c>level:code</c>, with its name; a code that the spine does not have (any more) is its own name.</summary>
    public async Task<IReadOnlyList<(string Code, string Title)>> Of(JurisdictionScope scope, CancellationToken cancel = default)
    {
        var departments = scope.Departments.Count == 0 ? [] : await spine.Departments(cancel);
        var titles = new List<(string, string)>();
        foreach (var text in ScopeCodes.Of(scope))
        {
            var code = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
            titles.Add((text, text.StartsWith("department:", StringComparison.Ordinal)
                ? departments.FirstOrDefault(one => one.Code == code)?.Title ?? code
                : (await spine.PathTo(code, cancel)) is { Count: > 0 } path && path[^1].Code == code ? string.Join(" › ", path.TakeLast(2).Select(one => one.Title)) : code));
        }
        return titles;
    }
}
