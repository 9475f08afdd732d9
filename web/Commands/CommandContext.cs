using System.CommandLine;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cluster;
using Npgsql;

namespace CityOps.Gis.Web.Commands;

/// <summary>Options that every command knows, and the way to run one: faults that people can mend become one sentence and an exit code.</summary>
public static class CommandContext
{
    static readonly Option<bool> Json = new("--json") { Description = Texts.Both("以 JSON 输出，供程序读取", "answer as JSON, for programs"), Recursive = true };
    static readonly Option<string?> Language = new("--lang") { HelpName = "zh|en", Description = Texts.Both("输出语言，默认依系统语言", "language; the locale decides otherwise"), Recursive = true };
    static readonly Option<string?> Data = new("--data") { HelpName = "folder", Description = Texts.Both("自带数据库所在的文件夹，默认 .data/pg", "folder of the program's own database; default .data/pg"), Recursive = true };

    public static IEnumerable<Option> SharedOptions => [Json, Language, Data];

    /// <summary>Lets a command run <paramref name="work"/> with its output; see <see cref="ExitCode"/> for what comes back.</summary>
    public static T Does<T>(this T command, Func<ParseResult, Output, CancellationToken, Task<int>> work)
        where T : Command
    {
        command.SetAction(async (parsed, cancel) =>
        {
            var output = new Output(parsed.GetValue(Json), parsed.GetValue(Language) ?? Texts.Language);
            return await Guard(output, () => work(parsed, output, cancel));
        });
        return command;
    }

    /// <summary><see cref="Does"/>, as who sits at the machine: what the command writes into the audit log is that person's doing.</summary>
    public static T DoesInPerson<T>(this T command, Func<ParseResult, Output, CancellationToken, Task<int>> work)
        where T : Command
        => command.Does(async (parsed, output, cancel) =>
        {
            using (ConsoleCaller.Current.Enter())
                return await work(parsed, output, cancel);
        });

    /// <summary>Adds lines that the command's help shows at its end.</summary>
    public static T WithExamples<T>(this T command, params string[] examples)
        where T : Command
    {
        HelpWithExamples.Remember(command, examples);
        return command;
    }

    /// <summary>Folder of the private cluster: <c>--data</c>, else <c>.data/pg</c> of the installation.</summary>
    public static string ClusterFolder(this ParseResult parsed) => parsed.GetValue(Data) ?? Path.Combine(Root, ".data", "pg");

    /// <summary>Folder of the installation, where the launcher stands.</summary>
    public static string Root => Environment.GetEnvironmentVariable("CITYOPS_ROOT") is { Length: > 0 } root ? root : Directory.GetCurrentDirectory();

    /// <summary>The database of <c>CITYOPS_DATABASE</c>, or the private cluster, started and migrated.</summary>
    public static Task<OpenDatabase> Database(this ParseResult parsed, CancellationToken cancel) => OpenDatabase.Open(parsed.ClusterFolder(), cancel);

    static async Task<int> Guard(Output output, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (ClusterException fault)
        {
            output.Fault(fault.Text);
            return ExitCode.NoDatabase;
        }
        catch (NpgsqlException fault) when (fault.IsAway())
        {
            output.Fault(new($"无法连接数据库：{fault.Message}", $"The database cannot be reached: {fault.Message}"));
            return ExitCode.NoDatabase;
        }
        catch (CommandException fault)
        {
            output.Fault(fault.Text);
            return ExitCode.WrongInput;
        }
        catch (Layers.LayerDefinitionException fault)
        {
            foreach (var one in fault.Faults)
                output.Fault(new($"{one.File} {one.JsonPath}：{one.Message.Zh}", $"{one.File} {one.JsonPath}: {one.Message.En}"));
            return ExitCode.WrongInput;
        }
        catch (SurveyImport.Sources.SourceException fault)
        {
            output.Fault(fault.Fault.Message);
            return ExitCode.WrongInput;
        }
        catch (OperationCanceledException)
        {
            output.Fault(new("已中断。", "Interrupted."));
            return ExitCode.WrongInput;
        }
    }
}
