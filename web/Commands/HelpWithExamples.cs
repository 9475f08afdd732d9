using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CityOps.Gis.Web.Commands;

/// <summary>The usual help under the launcher's name, wholly in the console's language, followed by the command's examples.</summary>
public sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    // What System.CommandLine leaves in English.
    static readonly (string English, string Chinese)[] Words =
    [
        ("Description:", "说明:"), ("[command]", "[命令]"), ("[options]", "[选项]"), ("[default: ", "[默认: "), (" (REQUIRED)", "（必填）   "),
    ];

    static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    public static void Remember(Command command, string[] examples) => Examples.Add(command, examples);

    /// <summary>The examples of every command.</summary>
    public static IReadOnlyList<string> All() => [.. CommandLine.Root().Subcommands.SelectMany(Below).SelectMany(command => Examples.TryGetValue(command, out var examples) ? examples : [])];

    static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(Below).Prepend(command);

    public static void Install(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = Texts.Both("显示此帮助", "show this help");
        root.Options.OfType<VersionOption>().Single().Description = Texts.Both("显示版本", "show the version");
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parsed)
    {
        var writer = parsed.InvocationConfiguration.Output;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        parsed.InvocationConfiguration.Output = text;
        var exitCode = usual.Invoke(parsed);
        parsed.InvocationConfiguration.Output = writer;
        writer.Write(InOurWords(text.ToString()));
        if (Examples.TryGetValue(parsed.CommandResult.Command, out var examples))
        {
            writer.WriteLine(Texts.Both("示例:", "Examples:"));
            foreach (var example in examples)
                writer.WriteLine("  " + example);
            writer.WriteLine();
        }
        return exitCode;
    }

    static string InOurWords(string help)
    {
        help = help.Replace("  " + RootCommand.ExecutableName, "  ./cityops", StringComparison.Ordinal);
        return Texts.Language == "zh" ? Words.Aggregate(help, (text, word) => text.Replace(word.English, word.Chinese, StringComparison.Ordinal)) : help;
    }
}
