using System.Diagnostics;
using Xunit;

namespace CityOps.Gis.Tests.Web.Commands;

/// <summary>Runs the program in a process of its own, as the launcher does.</summary>
static class TheProgram
{
    public static async Task<(int ExitCode, string Answer, string Faults)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CityOps.Gis.Web.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var program = Process.Start(start)!;
        var answer = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var faults = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program.ExitCode, await answer, await faults);
    }
}
