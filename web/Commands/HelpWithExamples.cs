using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace CityOps.Gis.Web.Commands;

/// <summary>The usual help, followed by the command's examples.</summary>
sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    public static void Remember(Command command, string[] examples) => Examples.Add(command, examples);

    public static void Install(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    public override int Invoke(ParseResult parsed)
    {
        var exitCode = usual.Invoke(parsed);
        if (Examples.TryGetValue(parsed.CommandResult.Command, out var examples))
        {
            var writer = parsed.InvocationConfiguration.Output;
            writer.WriteLine(Texts.Both("示例：", "Examples:"));
            foreach (var example in examples)
                writer.WriteLine("  " + example);
            writer.WriteLine();
        }
        return exitCode;
    }
}
