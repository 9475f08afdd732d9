using System.Text.RegularExpressions;
using CityOps.Gis.Layers;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>What a check asks.</summary>
/// <param name="Clause">Standard and clause it comes from, or "—" where it is this importer's own.</param>
public sealed partial record Rule(IssueCode Code, Severity Severity, string Clause, LocalText Text)
{
    /// <summary>The clauses one by one, in the words of a UI language.</summary>
    public IReadOnlyList<string> ClausesIn(string language)
    {
        var clauses = Clause.Split("; ");
        return language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? [.. clauses.Select(clause => Chapter().Replace(clause.Replace(", table ", " 表 ", StringComparison.Ordinal).Replace(", annex ", " 附录 ", StringComparison.Ordinal), " 第 $1 章"))]
            : clauses;
    }

    [GeneratedRegex(@", (\d+)$")]
    private static partial Regex Chapter();
}
