using System.CommandLine;
using System.Text.RegularExpressions;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Commands;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>The help of every command, as the program prints it; and the documents, which may only name what there is.</summary>
public sealed partial class HelpTests
{
    static readonly string[] Documents = [.. new[] { "README.md", "README.zh-CN.md" }.Concat(Directory.GetFiles(Repository.PathOf("src/docs"), "*.md", SearchOption.AllDirectories))];

    public static TheoryData<string> Commands() => [.. CommandLine.Root().Subcommands.Select(command => command.Name).Prepend("")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_is_in_one_language_and_ends_with_examples(string command)
    {
        var (zh, en) = (await Help(command, "zh"), await Help(command, "en"));

        Assert.DoesNotMatch("Description:|Usage:|Options:|Commands:|Arguments:|Show |default:", zh);
        Assert.DoesNotMatch(Han(), en[..en.IndexOf("Examples:", StringComparison.Ordinal)]);
        Assert.All([zh, en], help => Assert.Contains($"  ./cityops {command}".TrimEnd(), help, StringComparison.Ordinal));
        Assert.All([zh, en], help => Assert.DoesNotContain("CityOps.Gis.Web", help, StringComparison.Ordinal));
        Assert.Contains("示例:", zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--scope <census|whole-layer|update|add>")]
    [InlineData("--code-layout <cjt214|draft|gbt47678>")]
    [InlineData("--code-rule <standard|local>")]
    [InlineData("--offset <gcj02|bd09|none>")]
    public async Task Choices_are_written_in_kebab_case(string choice) => Assert.Contains(choice, await Help("import", "en"), StringComparison.Ordinal);

    [Fact]
    public void A_choice_that_does_not_exist_is_refused()
        => Assert.NotEmpty(CommandLine.Root().Parse(["import", "census.zip", "--scope", "everything"]).Errors);

    [Fact]
    public void Every_example_can_be_parsed()
        => Assert.All(HelpWithExamples.All().Where(example => !example.Contains(" bench", StringComparison.Ordinal)), example => Assert.Empty(Parse(example)));

    [Fact]
    public void The_documents_name_only_commands_and_options_that_there_are()
    {
        var root = CommandLine.Root();
        var written = Documents.SelectMany(file => Call().Matches(File.ReadAllText(Repository.PathOf(file))).Select(call => (File: file, call.Groups[1].Value))).ToList();

        Assert.True(written.Count > 40, $"{written.Count}");
        Assert.All(written, one => Assert.True(Exists(root, one.Value), $"{one.File}: ./cityops {one.Value}"));
    }

    static bool Exists(Command command, string call)
    {
        var words = call.Split([' ', '"', '\'', '…'], StringSplitOptions.RemoveEmptyEntries);
        if (words[0] is "bench" or "help" or "<command>")
            return true;
        var options = command.Options.ToList();
        foreach (var word in words)
            if (command.Subcommands.FirstOrDefault(one => one.Name == word) is { } next)
                options.AddRange((command = next).Options);
            else if (word == "--")
                break;
            else if (word.StartsWith("--", StringComparison.Ordinal) && word != "--help" && options.TrueForAll(option => option.Name != word))
                return false;
        return command is not RootCommand || words[0].StartsWith("--", StringComparison.Ordinal);
    }

    static IEnumerable<string> Parse(string example)
        => CommandLine.Root().Parse(example["./cityops ".Length..]).Errors.Select(error => $"{example}: {error.Message}");

    static async Task<string> Help(string command, string language)
    {
        var (exitCode, help, _) = await TheProgram.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help", "--lang", language]);
        Assert.Equal(0, exitCode);
        return help;
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    // Up to the end of the code, a comment, or what the shell does next.
    [GeneratedRegex(@"(?<![\w/])\./cityops ([^ `\n#|;&)，。][^`\n#|;&)，。]*)")]
    private static partial Regex Call();
}
