using System.Diagnostics;
using System.Text;
using CityOps.Gis.Testing;

namespace CityOps.Gis.Tests.Web.Api.Ogc;

/// <summary>Runs a validator that nobody here wrote: a script of <c>tests/fixtures/clients</c>, which gets a document and prints what is wrong with it.</summary>
static class Node
{
    public static string Run(string script, string document)
    {
        var start = new ProcessStartInfo("node", [Repository.PathOf($"tests/fixtures/clients/{script}")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false),
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(document);
        process.StandardInput.Close();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said.Trim() : throw new InvalidOperationException($"{script} ended with {process.ExitCode}: {errors.Result}");
    }
}
