using System.CommandLine;

namespace CityOps.Gis.Web.Commands;

/// <summary>All commands of the launcher. <c>test</c> and <c>bench</c> are the launcher's own, as they need more than the program.</summary>
public static class CommandLine
{
    public static async Task<int> Run(string[] arguments)
    {
        var parsed = Root().Parse(arguments);
        var exitCode = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = true });
        return parsed.Errors.Count > 0 ? ExitCode.WrongInput : exitCode;
    }

    static RootCommand Root()
    {
        var root = new RootCommand(Texts.Both("CityOps.Gis：城市管理空间数据平台", "CityOps.Gis: a spatial data platform for city management"))
        {
            DbCommands.All(),
        };
        foreach (var command in ServeCommands.All().Concat(ImportCommands.All()).Concat(BatchCommands.All()).Append(SampleCommand.Make()).Append(GridCommand.Make()))
            root.Subcommands.Add(command);
        foreach (var option in CommandContext.SharedOptions)
            root.Options.Add(option);
        HelpWithExamples.Install(root);
        return root;
    }
}
