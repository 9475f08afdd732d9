using System.Text.RegularExpressions;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Checking;

public sealed partial class RulesTests
{
    public static TheoryData<IssueCode> Codes() => [.. Enum.GetValues<IssueCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_rule_in_chinese_and_in_english(IssueCode code)
    {
        var rule = Rules.Of(code);

        Assert.Equal(code, rule.Code);
        Assert.Matches(Han(), rule.Text.Zh);
        Assert.DoesNotMatch(Han(), rule.Text.En);
        Assert.Matches("[a-z]", rule.Text.En);
        Assert.NotEmpty(rule.Clause);
    }

    [Fact]
    public void No_two_rules_say_the_same()
    {
        var rules = Enum.GetValues<IssueCode>().Select(Rules.Of).ToList();

        Assert.Equal(rules.Count, rules.DistinctBy(rule => rule.Text.Zh).Count());
        Assert.Equal(rules.Count, rules.DistinctBy(rule => rule.Text.En).Count());
    }

    [Fact]
    public void The_table_of_issue_codes_in_the_operations_manual_is_that_of_the_rules()
    {
        var lines = File.ReadAllLines(Repository.PathOf("src/docs/operations.md"));
        var written = lines.Select(line => Row().Match(line)).Where(row => row.Success && Enum.TryParse<IssueCode>(row.Groups[1].Value, out _)).Select(row => row.Value);

        Assert.Equal(Enum.GetValues<IssueCode>().Select(Rules.Of).Select(Line), written);
    }

    static string Line(Rule rule) => $"| `{rule.Code}` | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Clause} | {rule.Text.En} | {rule.Text.Zh} |";

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"^\| `(\w+)` \| .* \|$")]
    private static partial Regex Row();
}
