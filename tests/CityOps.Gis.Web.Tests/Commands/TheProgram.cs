using System.Diagnostics;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>Runs the program in a process of its own, as the launcher does.</summary>
static class TheProgram
{
    public static Task<(int ExitCode, string Answer, string Faults)> Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <param name="environment">Variables beside those of the tests.</param>
    public static async Task<(int ExitCode, string Answer, string Faults)> Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CityOps.Gis.Web.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var program = Process.Start(start)!;
        var answer = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var faults = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program.ExitCode, await answer, await faults);
    }
}
