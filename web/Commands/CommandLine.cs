using System.CommandLine;
using System.Globalization;

namespace CityOps.Gis.Web.Commands;

/// <summary>All commands of the launcher.</summary>
public static class CommandLine
{
    public static async Task<int> Run(string[] arguments)
    {
        // Headings of the help and faults of the arguments come from System.CommandLine, in the language of the thread.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Texts.Language == "zh" ? "zh-Hans" : "en");
        var parsed = Root().Parse(arguments);
        var exitCode = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = true });
        return parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples ? ExitCode.WrongInput : exitCode;
    }

    /// <summary>The whole tree of commands with their options.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand(Texts.Both("CityOps.Gis：城市管理空间数据平台", "CityOps.Gis: a spatial data platform for city management"))
        {
            ServeCommands.Demo(), ServeCommands.Up(), ImportCommands.Inspect(), ImportCommands.Check(), ImportCommands.Import(), BatchCommands.Batches(), BatchCommands.Rollback(), ExportCommand.Make(),
            GridCommand.Make(), SampleCommand.Make(), ServeCommands.Tiles(), PeopleCommands.Make(), PeopleCommands.MakeKeys(), BackupCommand.Make(), RestoreCommand.Make(), DoctorCommand.Make(), RolesCommand.Make(), DbCommands.Make(),
            LauncherCommands.Test(), LauncherCommands.Bench(),
        };
        root.WithExamples("./cityops demo", "./cityops inspect 部件普查.zip", "./cityops import 部件普查.zip", "./cityops import --help");
        foreach (var option in CommandContext.SharedOptions)
            root.Options.Add(option);
        HelpWithExamples.Install(root);
        return root;
    }
}
